// What has which colour in the drawn network, with a card or without one: red, green, blue from 0 to 1.

export const REST = [0.45, 0.50, 0.60]; // whom nothing reached
export const NOTICED = [0.337, 0.706, 0.914];
export const SHARED = [0.902, 0.624, 0.0];
export const BOUGHT = [0.12, 0.80, 0.62];
export const WON = [0.98, 0.56, 0.80]; // rings of a comparison
export const LOST = [1.0, 0.45, 0.20];
export const ROLE = [0.88, 0.90, 0.95]; // the ring of whoever follows or speaks for the brand
export const CHOSEN = [1.0, 1.0, 1.0]; // the ring, and the way to them
export const FROM_ACCOUNT = [0.42, 0.55, 0.72]; // lights
export const FROM_PERSON = [1.0, 0.70, 0.18];
export const TIE = [130, 160, 215]; // of 255: only canvases draw it
