// What the buttons of an answer and of the page do.
import { retry, startAnew, stop } from "./asking.js";
import { setDay } from "./choices.js";
import { answerOf, chosen, exchanges, showEarlier } from "./conversation.js";
import { forgetHistory, showHistory } from "./history.js";
import { switchLanguage } from "./language.js";
import { linkTo } from "./links.js";
import { box, find, findAll, log, post, say, scrollTo, takeAway, tell } from "./page.js";
import { close } from "./panel.js";
import { changeSize, readAloud, takeDictation } from "./reading.js";
import { recall } from "./state.js";
import { nameGiven, talks } from "./talks.js";

const write = async (text) => {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  // A page that is not served securely has no clipboard of its own.
  const field = document.createElement("textarea");
  field.value = text;
  document.body.append(field);
  field.select();
  const isDone = document.execCommand("copy");
  field.remove();
  if (!isDone) throw new Error("copy");
  return undefined;
};

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
  const pressed = find('[data-do^="use"][aria-pressed="true"]', actions);
  const data = { exchange: answerOf(pressed), verdict: pressed.dataset.do, word };
  const response = await post("feedback", data).catch(() => null);
  const told = response?.ok ? "记下了，谢谢。" : await response?.text();
  say(find(".said", actions), told || "没有记下，请稍后再试。");
};

const judge = (button) => {
  const actions = button.closest(".actions");
  for (const verdict of findAll('[data-do="useful"], [data-do="useless"]', actions)) {
    verdict.setAttribute("aria-pressed", String(verdict === button));
  }
  const form = find("form.word", actions);
  form.hidden = false;
  find("input", form).focus();
  return sendVerdict(actions);
};

export const exportAs = async (kind, kept, name = "") => {
  if (!kept.length) return tell("还没有可以导出的问答。");
  const response = await post(`export.${kind}`, { exchanges: kept, name }).catch(() => null);
  if (!response?.ok) return tell((await response?.text()) || "没有导出，请检查网络后再试一次。");
  return takeAway(response);
};

// Under an answer that one alone, from the menu the whole conversation under the name it was given.
const toExport = (button) => {
  if (button.closest(".actions")) return [[answerOf(button)]];
  const talk = talks().find(({ id }) => id === recall("talk"));
  return [exchanges(), talk ? nameGiven(talk) : ""];
};

const countChosen = () => {
  find("#choosing [role=status]").textContent = `选了 ${chosen().length} 条`;
  find('[data-do="export-chosen"]').disabled = !chosen().length;
};

const choose = () => {
  const boxes = findAll("[data-choose]");
  if (!boxes.length && !document.body.classList.contains("choosing")) {
    tell("还没有可以导出的问答。");
    return;
  }
  const isChoosing = document.body.classList.toggle("choosing");
  find("#choosing").hidden = !isChoosing;
  for (const one of boxes) one.checked = false;
  countChosen();
  // To what can be chosen, the latest first, and at the end to where it began.
  (isChoosing ? boxes.at(-1) : find("#more summary")).focus();
};

// A second press of one button that waited while the print window was open, or that follows at
// once, opens none.
const AGAIN_MS = 1000;
let printed = { by: null, at: 0 };

const printAnswers = (button) => {
  if (printed.by === button && performance.now() - printed.at < AGAIN_MS) return;
  printed = { by: button, at: performance.now() };
  const turn = button.closest(".turn");
  for (const one of findAll(".turn")) one.classList.toggle("not-printed", Boolean(turn) && one !== turn);
  window.print();
  printed.at = performance.now();
};

// Every quote is unfolded on paper.
const unfold = () => {
  for (const quote of findAll("details.quote:not([open])")) {
    quote.open = true;
    window.addEventListener("afterprint", () => (quote.open = false), { once: true });
  }
};

// Where a button goes away that was pressed; not to the box, which brings a phone's keyboard.
const toLatest = () =>
  (log().lastElementChild ?? find("#tab-chat")).focus({ preventScroll: true });

const DO = {
  copy: (button) => copy(button, button.closest(".actions").dataset.copy, "已复制，带出处。"),
  link: (button) => copy(button, linkTo(answerOf(button)), "链接已复制。"),
  useful: judge,
  useless: judge,
  export: (button) => exportAs(button.dataset.kind, ...toExport(button)),
  "export-chosen": async () => {
    await exportAs("docx", chosen());
    choose();
  },
  choose,
  print: printAnswers,
  aloud: (button) => readAloud(button, find(".words", button.closest(".reply"))),
  speak: (button) => takeDictation(button, box()),
  size: changeSize,
  language: switchLanguage,
  today: () => {
    setDay("");
    toLatest();
  },
  earlier: showEarlier,
  // A long conversation leaves what is above it far behind.
  top: () => {
    scrollTo(find("#header"), "start");
    find('[data-do="new"]').focus({ preventScroll: true });
  },
  history: showHistory,
  forget: forgetHistory,
  stop: () => {
    stop();
    toLatest();
  },
  retry,
  new: () => {
    close();
    startAnew();
  },
};

const closeMenus = (within) => {
  for (const menu of findAll("details.menu[open]")) {
    if (menu.contains(within) && !within.closest("button")) continue;
    if (menu.contains(document.activeElement)) find("summary", menu).focus();
    menu.open = false;
  }
};

export const listenToActions = () => {
  window.addEventListener("beforeprint", unfold);
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("button[data-do]");
    closeMenus(target);
    if (button) DO[button.dataset.do]?.(button);
  });
  document.addEventListener("change", ({ target }) => {
    if (target.matches("[data-choose]")) countChosen();
  });
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form.word");
    if (!form) return;
    event.preventDefault();
    find('[aria-pressed="true"]', form.closest(".actions")).focus();
    form.hidden = true;
    sendVerdict(form.closest(".actions"), find("input", form).value.trim());
  });
  document.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape") return;
    for (const menu of findAll("details.menu[open]")) {
      menu.open = false;
      find("summary", menu).focus();
    }
  });
};
