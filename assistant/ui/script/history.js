// The list of conversations: opened, named, taken away, deleted.
import { exportAs } from "./actions.js";
import { stop, startAnew } from "./asking.js";
import { openTalk } from "./conversation.js";
import { cloneOf, find, findAll, tell } from "./page.js";
import { recall } from "./state.js";
import { openTab } from "./tabs.js";
import { exchangesOf, forgetTalks, nameGiven, removeTalk, renameTalk, talks } from "./talks.js";

const SURE_MS = 4000;
// A second click that follows at once is half of a double click, and no answer.
const TOO_SOON_MS = 500;
// From so many conversations on they can be searched.
const MANY = 5;
const dialog = () => find("#history");
const search = () => find("search", dialog());

const open = async ({ id }) => {
  stop();
  openTab("chat");
  dialog().close();
  if (!exchangesOf(id).length) tell("这段对话已经不在浏览器里了。");
  else await openTalk(id);
};

const rename = (row, talk) => {
  const field = Object.assign(document.createElement("input"), { value: talk.name, maxLength: 60 });
  field.setAttribute("aria-label", "对话的名字");
  // What stands below stays where it is under the pointer.
  field.style.height = `${find(".open", row).offsetHeight}px`;
  find(".open", row).replaceWith(field);
  find('[data-talk="rename"]', row).textContent = "保存";
  field.select();
  const end = () => {
    const name = field.value.trim();
    if (name) renameTalk(talk.id, name);
    list();
  };
  field.addEventListener("blur", end, { once: true });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") field.blur();
    if (event.key !== "Escape") return;
    event.preventDefault(); // the dialog stays
    field.value = talk.name;
    field.blur();
  });
};

const remove = (talk) => {
  if (recall("talk") === talk.id) startAnew();
  removeTalk(talk.id);
  list();
};

// What can't be brought back is asked for twice. A key that is held down clicks again and again.
const isSure = (button, asked) => {
  const now = performance.now();
  const last = Number(button.dataset.sure);
  button.dataset.sure = now;
  if (last) return now - last > TOO_SOON_MS;
  const words = button.textContent;
  button.textContent = asked;
  setTimeout(() => {
    delete button.dataset.sure;
    button.textContent = words;
  }, SURE_MS);
  return false;
};

const DO = {
  rename,
  remove: (_, talk, button) => isSure(button, "再点一次就删除") && remove(talk),
  export: (_, talk) => exportAs("docx", exchangesOf(talk.id), nameGiven(talk)),
};

const rowOf = (talk) => {
  const row = cloneOf("kept-row");
  const time = new Date(talk.time);
  const shown = time.toLocaleString("zh-CN", { dateStyle: "medium", timeStyle: "short" });
  find(".name", row).textContent = talk.name;
  find(".when", row).textContent = `${shown} · ${talk.count} 次问答`;
  row.dataset.words = [talk.name, ...exchangesOf(talk.id).map(({ question }) => question)]
    .join("\n")
    .toLowerCase();
  row.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-talk]");
    if (button) DO[button.dataset.talk](row, talk, button);
    else if (target.closest(".open")) open(talk);
  });
  return row;
};

// Shows the conversations whose name or questions hold every word that is looked for.
const filter = () => {
  const words = find("input", search()).value.toLowerCase().split(/\s+/).filter(Boolean);
  const rows = findAll(".kept > li", dialog());
  for (const row of rows) row.hidden = !words.every((word) => row.dataset.words.includes(word));
  const shown = rows.filter((row) => !row.hidden).length;
  find("[role=status]", search()).textContent = words.length ? `找到 ${shown} 段对话` : "";
};

const list = () => {
  const kept = talks();
  find(".kept", dialog()).replaceChildren(...kept.map(rowOf));
  search().hidden = kept.length < MANY;
  if (search().hidden) find("input", search()).value = "";
  filter();
  find(".none", dialog()).hidden = kept.length > 0;
  find('[data-do="forget"]', dialog()).hidden = kept.length === 0;
};

export const showHistory = () => {
  find("input", search()).value = "";
  list();
  if (!dialog().open) dialog().showModal();
};

export const forgetHistory = (button) => {
  if (!isSure(button, "再点一次就全部清除")) return;
  if (recall("talk")) startAnew();
  forgetTalks();
  list();
};

export const listenToHistory = () => {
  const field = find("input", search());
  field.addEventListener("input", filter);
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !field.value) return;
    event.preventDefault(); // the dialog stays
    field.value = "";
    filter();
  });
};
