// Where things are on the page.
export const find = (selector, root = document) => root.querySelector(selector);
export const findAll = (selector, root = document) => [...root.querySelectorAll(selector)];

export const box = () => find("#question");
export const log = () => find("#conversation .log");

const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
const phone = window.matchMedia("(max-width: 999px)");
export const isPhone = () => phone.matches;
export const onWidthChange = (told) => phone.addEventListener("change", told);

export const scrollTo = (target, block) =>
  target.scrollIntoView({ block, behavior: calm.matches ? "auto" : "smooth" });

export const today = () => new Intl.DateTimeFormat("sv-SE").format(new Date());

// A clone of what stands in a <template>.
export const cloneOf = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);

export const post = (address, data) =>
  fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(data),
  });

const SAID_MS = 4000;

export const say = (place, words) => {
  place.textContent = words;
  setTimeout(() => {
    if (place.textContent === words) place.textContent = "";
  }, SAID_MS);
};

// A short message over the page.
export const tell = (words) => say(document.getElementById("note"), words);

// A quiet line in a place that is still empty.
export const note = (place, words) => {
  const line = document.createElement("p");
  line.className = "quiet";
  line.textContent = words;
  place.replaceChildren(line);
};

// A file of the server's, under the name that it gave it.
export const takeAway = async (response) => {
  const named = /UTF-8''([^;]+)/.exec(response.headers.get("Content-Disposition"));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await response.blob());
  link.download = decodeURIComponent(named[1]);
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), SAID_MS);
};
