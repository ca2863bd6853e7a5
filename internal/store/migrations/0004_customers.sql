CREATE TABLE customers (
    id                 TEXT NOT NULL PRIMARY KEY,
    organisation       TEXT NOT NULL REFERENCES organisations (id),
    child_organisation TEXT REFERENCES organisations (id),
    created_at         TIMESTAMPTZ NOT NULL,
    updated_at         TIMESTAMPTZ NOT NULL,
    version            BIGINT NOT NULL,
    name               TEXT NOT NULL,
    company            TEXT NOT NULL,
    language           TEXT NOT NULL,
    timezone           TEXT NOT NULL,
    do_not_call        BOOLEAN NOT NULL,
    notes              TEXT NOT NULL,
    external_id        TEXT NOT NULL,
    search_text        TEXT NOT NULL,
    UNIQUE (organisation, id)
);

CREATE TABLE customer_numbers (
    organisation TEXT NOT NULL,
    customer_id  TEXT NOT NULL,
    phone_number TEXT NOT NULL,
    label        TEXT NOT NULL,
    position     BIGINT NOT NULL,
    PRIMARY KEY (customer_id, phone_number),
    FOREIGN KEY (organisation, customer_id) REFERENCES customers (organisation, id) ON DELETE CASCADE
);
CREATE INDEX customer_numbers_number ON customer_numbers (organisation, phone_number);

CREATE TABLE customer_emails (
    organisation TEXT NOT NULL,
    customer_id  TEXT NOT NULL,
    email        TEXT NOT NULL,
    position     BIGINT NOT NULL,
    PRIMARY KEY (customer_id, email),
    FOREIGN KEY (organisation, customer_id) REFERENCES customers (organisation, id) ON DELETE CASCADE
);
CREATE INDEX customer_emails_email ON customer_emails (organisation, email);
