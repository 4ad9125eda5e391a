// The conversation: turns come in as HTML, the newest takes the place of what it was before.
import { box, cloneOf, find, findAll, log, post, scrollTo, tell } from "./page.js";
import { recall, remember } from "./state.js";
import { exchangesOf, keepTalk } from "./talks.js";

const SETTLING_MS = 1500;
// So many turns stand on the page; of longer conversations the earlier ones are fetched again.
const MOST_SHOWN = 40;
const STRETCH = 20;

let kept = []; // the exchanges of the conversation, in order
let from = 0; // the first of them that stands on the page
let next = 1; // the number of the next turn
let shownAt = 0;

export const exchanges = () => kept;
export const questions = () => kept.map(({ question }) => question);

const earlier = () => find("#conversation .earlier");

const showState = () => {
  find("#empty-state").hidden = log().childElementCount > 0;
  document.documentElement.classList.remove("has-talk");
  earlier().hidden = from === 0;
  earlier().textContent = `更早的 ${from} 问`;
};

const show = (turn) => {
  if (!document.activeElement?.closest("#composer")) turn.focus({ preventScroll: true });
  shownAt = performance.now();
  scrollTo(turn, "start");
};

const trim = () => {
  const turns = [...log().children];
  for (const turn of turns.slice(0, Math.max(turns.length - MOST_SHOWN, 0))) {
    if (turn.dataset.exchange) from += 1;
    turn.remove();
  }
};

// A turn for a question, at once: before the server has heard of it.
export const addTurn = (question) => {
  const turn = cloneOf("new-turn");
  const number = next;
  next += 1;
  turn.id = `t${number}`;
  turn.setAttribute("aria-label", `第${number}次问答`);
  find(".question p", turn).textContent = question;
  log().append(turn);
  trim();
  showState();
  show(turn);
  return number;
};

export const turnOf = (number) => document.getElementById(`t${number}`);

const parse = (html) => {
  const parsed = document.createElement("template");
  parsed.innerHTML = html;
  return [...parsed.content.querySelectorAll(".turn")];
};

// Puts a turn in the place of what it was before; keeps it once it is an answer.
export const put = (html) => {
  for (const turn of parse(html)) {
    const before = document.getElementById(turn.id);
    if (!before) continue; // a conversation that was left meanwhile
    const hadFocus = before.contains(document.activeElement);
    before.replaceWith(turn);
    if (hadFocus) turn.focus({ preventScroll: true });
    // It grew while the page was still on its way there.
    if (performance.now() - shownAt < SETTLING_MS) scrollTo(turn, "start");
    if (!turn.dataset.exchange) continue;
    kept.push(JSON.parse(turn.dataset.exchange));
    if (!keepTalk(kept)) tell("浏览器里存不下了，这段对话刷新后会丢；请先导出。");
  }
};

// In the place of a reply: a line that tells how things stand, and what can be done.
export const tellInTurn = (number, words, action = "", label = "") => {
  const turn = turnOf(number);
  if (!turn) return;
  const reply = document.createElement("div");
  reply.className = "reply pending";
  const line = document.createElement("p");
  line.textContent = words;
  reply.append(line);
  if (action) {
    const button = Object.assign(document.createElement("button"), { type: "button" });
    button.className = "chip";
    button.dataset.do = action;
    button.textContent = label;
    reply.append(button);
  }
  const hadFocus = find(".reply", turn).contains(document.activeElement);
  find(".reply", turn).replaceWith(reply);
  if (hadFocus) turn.focus({ preventScroll: true });
};

export const endInTurn = (number, words) => {
  tellInTurn(number, words);
  find(".reply", turnOf(number) ?? document)?.classList.remove("pending");
};

const fetchTurns = async (first, end, isEnd) => {
  const stretch = { exchanges: kept.slice(first, end), first: first + 1, is_end: isEnd };
  const response = await post("restore", stretch).catch(() => null);
  if (response?.ok) return parse(await response.text());
  tell((await response?.text()) || "没有打开，请检查网络后再试一次。");
  return null;
};

// Shows a kept conversation; whether it could be fetched.
export const openTalk = async (id) => {
  const found = exchangesOf(id);
  if (!found.length) return false;
  const before = [kept, from];
  kept = found;
  const first = Math.max(found.length - STRETCH, 0);
  const turns = await fetchTurns(first, found.length, true);
  if (!turns) {
    [kept, from] = before;
    return false;
  }
  remember({ talk: id });
  from = first;
  next = found.length + 1;
  log().replaceChildren(...turns);
  showState();
  log().lastElementChild.scrollIntoView({ block: "start" });
  return true;
};

export const showEarlier = async () => {
  const end = from;
  const first = Math.max(end - STRETCH, 0);
  const turns = await fetchTurns(first, end, false);
  if (!turns || from !== end) return; // what follows was taken away meanwhile
  const top = log().firstElementChild;
  const place = top?.getBoundingClientRect().top;
  from = first;
  log().prepend(...turns);
  showState();
  if (earlier().hidden) log().firstElementChild?.focus({ preventScroll: true });
  if (top) window.scrollBy(0, top.getBoundingClientRect().top - place);
};

// The conversation before this page was loaded again.
export const goOn = async () => {
  if (recall("talk")) await openTalk(recall("talk"));
  showState();
};

export const begin = () => {
  kept = [];
  from = 0;
  next = 1;
  remember({ talk: "" });
  log().replaceChildren();
  showState();
  box().focus({ preventScroll: true });
  window.scrollTo({ top: 0 });
};

export const answerOf = (element) => JSON.parse(element.closest(".turn").dataset.exchange);
export const chosen = () =>
  findAll(".turn[data-exchange]", log())
    .filter((turn) => find("[data-choose]", turn)?.checked)
    .map((turn) => JSON.parse(turn.dataset.exchange));
