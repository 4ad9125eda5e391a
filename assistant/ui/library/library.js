// Runs once for the library: `element` and `server` are given by gr.HTML. Fetches what is opened.
const view = () => element.querySelector(".view");
const shelves = () => element.querySelector(".shelves");
const results = () => element.querySelector(".results");
const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
let asked = 0; // a reply to an earlier request is not shown

const reveal = (target, block = "start") => {
  target.focus({ preventScroll: true });
  target.scrollIntoView({ block, behavior: calm.matches ? "auto" : "smooth" });
};

const say = (place, words) => {
  const note = document.createElement("p");
  note.className = "quiet";
  note.textContent = words;
  place.replaceChildren(note);
};

const fetchInto = async (place, name, what) => {
  say(place, view().dataset.loading);
  try {
    place.innerHTML = await server[name](what);
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
  section.fetched = fetchInto(place, "fetch_section", { document: of, section: Number(number) });
  if (!(await section.fetched)) delete section.dataset.state;
  return section.fetched;
};

const openDocument = async (id, index) => {
  const mine = ++asked;
  results().hidden = shelves().hidden = true;
  view().hidden = false;
  if (view().dataset.shown !== id) {
    view().dataset.shown = "";
    if (!(await fetchInto(view(), "fetch_document", { document: id }))) return;
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
  else await fetchInto(results(), "fetch_results", { words, document: chosen.get("document") });
});
