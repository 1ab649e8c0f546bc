// What a reader sets for the page itself: light or dark, and whether single keys act.

import { byId, element } from "./words.js";

const dark = matchMedia("(prefers-color-scheme: dark)");

// A browser that keeps nothing forgets it, and that is all.
function kept(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

function keep(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch {
    // It lasts until the page is left.
  }
}

export class Settings {
  constructor(ontheme) {
    const theme = byId("theme");
    theme.value = kept("theme") ?? "";
    const show = () => {
      if (theme.value) document.documentElement.dataset.theme = theme.value;
      else delete document.documentElement.dataset.theme;
      ontheme();
    };
    theme.addEventListener("change", () => {
      keep("theme", theme.value);
      show();
    });
    dark.addEventListener("change", show);
    if (theme.value) document.documentElement.dataset.theme = theme.value;
    byId("single-keys").checked = kept("single keys") !== "off";
    byId("single-keys").addEventListener("change", () => keep("single keys", this.keys ? "on" : "off"));
  }

  // Whether letters, digits and signs act by themselves.
  get keys() {
    return byId("single-keys").checked;
  }
}

// A colour of the style sheet as it is now, for what is painted.
export function colour(name) {
  const probe = element("span", { hidden: true });
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}
