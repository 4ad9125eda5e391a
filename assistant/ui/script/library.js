// The library: fetches what is opened.
import { day } from "./choices.js";
import { find, note as say, scrollTo } from "./page.js";

const element = find("#library");
const view = () => element.querySelector(".view");
const shelves = () => element.querySelector(".shelves");
const results = () => element.querySelector(".results");
let asked = 0; // a reply to an earlier request is not shown

const reveal = (target, block = "start") => {
  target.focus({ preventScroll: true });
  scrollTo(target, block);
};

const fetchInto = async (place, name, what) => {
  say(place, view().dataset.loading);
  try {
    const response = await fetch(`library/${name}?${new URLSearchParams({ ...what, day: day() })}`);
    if (!response.ok) throw new Error(response.status);
    place.innerHTML = await response.text();
    return true;
  } catch {
    say(place, view().dataset.failed);
    return false;
  }
};

const openSection = async (section) => {
  section.open = true;
  if (section.dataset.state) return section.fetched;
  section.dataset.state = "fetched";
  const { of, section: number } = section.dataset;
  const place = section.querySelector(".articles");
  section.fetched = fetchInto(place, "section", { document: of, section: number });
  if (!(await section.fetched)) delete section.dataset.state;
  return section.fetched;
};

const openDocument = async (id, index) => {
  const mine = ++asked;
  results().hidden = shelves().hidden = true;
  view().hidden = false;
  if (view().dataset.shown !== id) {
    view().dataset.shown = "";
    if (!(await fetchInto(view(), "document", { document: id }))) return;
    if (mine !== asked) return;
    view().dataset.shown = id;
  }
  const sections = [...view().querySelectorAll("details.section")];
  const holds = ({ dataset }) => Number(dataset.first) <= index && index < Number(dataset.end);
  const wanted = index === undefined ? sections.find((s) => "open" in s.dataset) : sections.find(holds);
  if (wanted) {
    wanted.closest("details.part")?.setAttribute("open", "");
    await openSection(wanted);
  }
  if (mine !== asked) return;
  const article = index === undefined ? null : view().querySelector(`#a${index}`);
  reveal(article ?? view().querySelector("h2") ?? view());
};

const goBack = () => {
  asked += 1;
  const id = view().dataset.shown;
  view().hidden = true;
  results().hidden = shelves().hidden = false;
  const button = [...shelves().querySelectorAll("button")].find((b) => b.dataset.document === id);
  reveal(results().firstChild ? results() : button ?? shelves(), "center");
};

const compare = async (chosen) => {
  const place = element.querySelector(".compared");
  say(place, place.dataset.busy);
  try {
    const reply = await fetch(`compare?${new URLSearchParams(chosen)}`);
    const told = await reply.text();
    if (reply.ok) place.innerHTML = told;
    else say(place, told);
  } catch {
    say(place, place.dataset.failed);
  }
};

export const listenToLibrary = () => {
  element.addEventListener("click", (event) => {
    const target = event.target.closest("button[data-document], a.to, .back");
    if (!target) return;
    event.preventDefault();
    if (target.matches(".back")) goBack();
    else if (target.matches("a.to")) openDocument(target.dataset.to, Number(target.dataset.index));
    else openDocument(target.dataset.document);
  });
  element.addEventListener("toggle", ({ target }) => {
    if (target.matches("details.section") && target.open) openSection(target);
  }, true);
  element.addEventListener("change", ({ target }) => {
    if (!target.matches(".compare select")) return;
    const { from, to } = target.selectedOptions[0].dataset;
    target.form.elements.from.value = from;
    target.form.elements.to.value = to;
  });
  element.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (event.target.matches(".compare")) {
      compare(new FormData(event.target));
      return;
    }
    const chosen = new FormData(event.target);
    const words = chosen.get("words").trim();
    asked += 1;
    view().hidden = true;
    results().hidden = shelves().hidden = false;
    if (!words) results().replaceChildren();
    else await fetchInto(results(), "results", { words, document: chosen.get("document") });
  });
};
