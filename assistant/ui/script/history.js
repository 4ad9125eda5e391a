// The list of conversations: opened, named, taken away, deleted.
import { exportAs } from "./actions.js";
import { stop, startAnew } from "./asking.js";
import { openTalk } from "./conversation.js";
import { cloneOf, find, tell } from "./page.js";
import { recall } from "./state.js";
import { openTab } from "./tabs.js";
import { exchangesOf, forgetTalks, removeTalk, renameTalk, talks } from "./talks.js";

const SURE_MS = 4000;
const dialog = () => find("#history");

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
  find(".open", row).replaceWith(field);
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

// What can't be brought back is asked for twice.
const isSure = (button) => {
  const words = button.textContent;
  if (button.dataset.sure) return true;
  button.dataset.sure = "yes";
  button.textContent = "再点一次就删除";
  setTimeout(() => {
    delete button.dataset.sure;
    button.textContent = words;
  }, SURE_MS);
  return false;
};

const DO = {
  rename,
  remove: (_, talk, button) => isSure(button) && remove(talk),
  export: (_, talk) => exportAs("docx", exchangesOf(talk.id)),
};

const rowOf = (talk) => {
  const row = cloneOf("kept-row");
  const time = new Date(talk.time);
  const shown = time.toLocaleString("zh-CN", { dateStyle: "medium", timeStyle: "short" });
  find(".name", row).textContent = talk.name;
  find(".when", row).textContent = `${shown} · ${talk.count} 次问答`;
  row.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-talk]");
    if (button) DO[button.dataset.talk](row, talk, button);
    else if (target.closest(".open")) open(talk);
  });
  return row;
};

const list = () => {
  const kept = talks();
  find(".kept", dialog()).replaceChildren(...kept.map(rowOf));
  find(".none", dialog()).hidden = kept.length > 0;
  find('[data-do="forget"]', dialog()).hidden = kept.length === 0;
};

export const showHistory = () => {
  list();
  if (!dialog().open) dialog().showModal();
};

export const forgetHistory = (button) => {
  if (!isSure(button)) return;
  if (recall("talk")) startAnew();
  forgetTalks();
  list();
};
