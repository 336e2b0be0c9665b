// The second bundle of the panel: what most conversations do not need at their
// start. The panel fetches it when one does.

export { askedTimes } from "./asked";
export { adviceIn } from "./device/advice";
export { eventWords } from "./events";
export { Visits } from "./visits";
export { bookingTexts } from "../texts/booking";
export { subscribe } from "../push/subscribe";
