-- How trunks and phones are spoken with: encryption of the sound, codecs and their order, the way of keys.

ALTER TABLE trunks ADD COLUMN from_user TEXT NOT NULL DEFAULT '';
ALTER TABLE trunks ADD COLUMN ca TEXT NOT NULL DEFAULT '';
ALTER TABLE trunks ADD COLUMN srtp TEXT NOT NULL DEFAULT 'automatic';
ALTER TABLE trunks ADD COLUMN codecs TEXT NOT NULL DEFAULT '[]';
ALTER TABLE trunks ADD COLUMN dtmf TEXT NOT NULL DEFAULT 'automatic';

ALTER TABLE agents ADD COLUMN sip_srtp TEXT NOT NULL DEFAULT 'automatic';
ALTER TABLE agents ADD COLUMN sip_codecs TEXT NOT NULL DEFAULT '[]';
ALTER TABLE agents ADD COLUMN sip_dtmf TEXT NOT NULL DEFAULT 'automatic';
