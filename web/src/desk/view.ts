import { createStore } from "../live/store.ts";

/** How the phone stands: folded to a strip of icons on a wide screen, raised as a sheet on a narrow one. */
interface View {
  readonly folded: boolean;
  readonly sheet: boolean;
  /** The dialog in which it is chosen how the voice comes. */
  readonly voiceDialog: boolean;
}

const place = "parley.phone-folded";
const source = createStore<View>({
  folded: typeof localStorage !== "undefined" && localStorage.getItem(place) === "yes",
  sheet: false,
  voiceDialog: false,
});

export const view = {
  get: source.get,
  subscribe: source.subscribe,
  fold(folded: boolean) {
    localStorage.setItem(place, folded ? "yes" : "no");
    source.set({ ...source.get(), folded });
  },
  chooseVoice(voiceDialog: boolean) {
    source.set({ ...source.get(), voiceDialog });
  },
  raise(sheet: boolean) {
    source.set({ ...source.get(), sheet });
  },
};
