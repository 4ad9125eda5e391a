// Where things are on the page, and how to ask.
export const find = (selector, root = document) => root.querySelector(selector);
export const findAll = (selector, root = document) => [...root.querySelectorAll(selector)];

export const box = () => find("#question textarea, #question input");
export const log = () => find("#conversation .log");
export const audience = () => find("#audience input:checked")?.value ?? "public";
export const day = () => find("#as-of").value || today();

const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
const phone = window.matchMedia("(max-width: 999px)");
export const isPhone = () => phone.matches;
export const onWidthChange = (told) => phone.addEventListener("change", told);

export const scrollTo = (target, block) =>
  target.scrollIntoView({ block, behavior: calm.matches ? "auto" : "smooth" });

let waiting = null;

// Ask a question that was not typed; the box keeps what stands in it.
export const ask = (question) => {
  const tab = find("#tabs [role=tab]");
  if (tab && tab.getAttribute("aria-selected") !== "true") tab.click();
  waiting = question;
  find("#send").click();
};

// The question that waits to be sent, or the one that was typed.
export const takeQuestion = (typed) => {
  const question = waiting ?? typed;
  waiting = null;
  return question;
};

export const setAudience = (value) => {
  const choice = find(`#audience input[value="${CSS.escape(value)}"]`);
  if (choice && !choice.checked) choice.click();
};

export const today = () => new Intl.DateTimeFormat("sv-SE").format(new Date());

export const post = (address, data) =>
  fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(data),
  });
