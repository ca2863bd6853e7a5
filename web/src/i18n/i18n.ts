import i18n from "i18next";
import { initReactI18next } from "react-i18next";
import type console from "./console.en.json";
import en from "./en.json";
import type history from "./history.en.json";
import type mine from "./mine.en.json";
import type own from "./own.en.json";
import type setup from "./setup.en.json";
import type supervisor from "./supervisor.en.json";
import type tags from "./tags.en.json";
import type voicemail from "./voicemail.en.json";

declare module "i18next" {
  interface CustomTypeOptions {
    resources: {
      translation: typeof en &
        typeof history &
        typeof mine &
        typeof supervisor &
        typeof tags &
        typeof setup & { own: typeof own; voicemail: typeof voicemail };
      console: typeof console;
    };
  }
}

void i18n.use(initReactI18next).init({
  lng: "en",
  fallbackLng: "en",
  resources: { en: { translation: en } },
  interpolation: { escapeValue: false },
  initAsync: false,
});

export default i18n;
