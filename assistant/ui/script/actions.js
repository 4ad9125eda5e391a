// What the buttons of an answer and of the page do.
import { empty, exchanges, leftOver, put, resume } from "./conversation.js";
import { begin, forget, interrupted, load } from "./history.js";
import { linkTo } from "./links.js";
import { find, post } from "./page.js";
import { close } from "./panel.js";

const SAID_MS = 4000;

const say = (place, words) => {
  place.textContent = words;
  setTimeout(() => {
    if (place.textContent === words) place.textContent = "";
  }, SAID_MS);
};

const write = async (text) => {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  // A page that is not served securely has no clipboard of its own.
  const field = document.createElement("textarea");
  field.value = text;
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
};

const exchangeOf = (button) => JSON.parse(button.closest(".turn").dataset.exchange);
const saidBy = (button) => find(".said", button.closest(".actions"));

const copy = async (button, text, done) => {
  try {
    await write(text);
    say(saidBy(button), done);
  } catch {
    say(saidBy(button), "浏览器不让复制，请手动选取。");
  }
};

const sendVerdict = async (actions, word = "") => {
  const pressed = find('[aria-pressed="true"]', actions);
  const data = { exchange: exchangeOf(pressed), verdict: pressed.dataset.do, word };
  const response = await post("feedback", data).catch(() => null);
  const told = response?.ok ? "记下了，谢谢。" : await response?.text();
  say(find(".said", actions), told || "没有记下，请稍后再试。");
};

const judge = (button) => {
  const actions = button.closest(".actions");
  for (const verdict of actions.querySelectorAll("[aria-pressed]")) {
    verdict.setAttribute("aria-pressed", String(verdict === button));
  }
  const form = find("form.word", actions);
  form.hidden = false;
  find("input", form).focus();
  return sendVerdict(actions);
};

const download = async (button) => {
  const kept = exchanges();
  button.closest("details").open = false;
  if (!kept.length) return tell("还没有可以导出的问答。");
  const response = await post(`export.${button.dataset.kind}`, { exchanges: kept }).catch(() => null);
  if (!response?.ok) return tell((await response?.text()) || "没有导出，请检查服务是否还在运行。");
  const named = /UTF-8''([^;]+)/.exec(response.headers.get("Content-Disposition"));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await response.blob());
  link.download = decodeURIComponent(named[1]);
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), SAID_MS);
};

// A short message over the page.
export const tell = (words) => {
  let note = document.getElementById("note");
  if (!note) {
    note = Object.assign(document.createElement("p"), { id: "note" });
    note.setAttribute("role", "status");
    document.body.append(note);
  }
  say(note, words);
};

const reopen = async ({ id, exchanges: kept }) => {
  const response = await post("restore", { exchanges: kept }).catch(() => null);
  document.getElementById("history").close();
  if (!response?.ok) return tell((await response?.text()) || "没有打开，请检查服务是否还在运行。");
  empty();
  begin(id);
  put(await response.text());
};

// The conversation before this page was loaded again, then what was under way in it.
export const goOn = async () => {
  const left = leftOver();
  const conversation = interrupted();
  if (conversation) await reopen(conversation);
  resume(left);
};

const showHistory = () => {
  const dialog = document.getElementById("history");
  const list = find(".kept", dialog);
  const kept = load();
  list.replaceChildren(
    ...kept.map((conversation) => {
      const item = document.createElement("li");
      const button = document.createElement("button");
      const time = new Date(conversation.time).toLocaleString("zh-CN", {
        dateStyle: "medium",
        timeStyle: "short",
      });
      const count = document.createElement("span");
      button.type = "button";
      button.textContent = conversation.exchanges[0].question;
      count.textContent = `${time} · ${conversation.exchanges.length} 次问答`;
      button.append(count);
      button.addEventListener("click", () => reopen(conversation));
      item.append(button);
      return item;
    }),
  );
  find(".none", dialog).hidden = kept.length > 0;
  find('[data-do="forget"]', dialog).hidden = kept.length === 0;
  if (!dialog.open) dialog.showModal();
};

const DO = {
  copy: (button) => copy(button, button.closest(".actions").dataset.copy, "已复制，带出处。"),
  link: (button) => copy(button, linkTo(exchangeOf(button)), "链接已复制。"),
  useful: judge,
  useless: judge,
  export: download,
  history: showHistory,
  forget: () => {
    forget();
    showHistory();
  },
  new: () => {
    find("#stop").click();
    close();
    begin();
    empty();
  },
};

export const listenToActions = () => {
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("button[data-do]");
    if (button) DO[button.dataset.do]?.(button);
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(target)) menu.open = false;
    }
  });
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form.word");
    if (!form) return;
    event.preventDefault();
    form.hidden = true;
    sendVerdict(form.closest(".actions"), find("input", form).value.trim());
  });
  document.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape") return;
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      menu.open = false;
      find("summary", menu).focus();
    }
  });
};
