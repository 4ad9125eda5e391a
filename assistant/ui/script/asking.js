// Asks the server, as often as it takes: a question is not lost with the connection.
import { addTurn, begin, endInTurn, put, questions, tellInTurn } from "./conversation.js";
import { audience, day } from "./choices.js";
import { box, tell } from "./page.js";
import { recall, remember } from "./state.js";
import { openTab } from "./tabs.js";

const ASK = "engine/gradio_api/call/ask";
const SLOW_MS = 700;
// The engine gives a sign of life every fifteen seconds.
const SILENT_MS = 18_000;
const GONE_MS = 45_000;
const WAITS_MS = [1000, 2000, 4000, 8000, 15_000];

const LOST = "连接断了，正在重新连接。您的问题还在，不用再写一遍。";
const SILENT = "服务器还没有回应，正在等它。您的问题还在。";
const FAILED = "程序出了意外，这个问题没有答成，请再试一次。";

const underWay = new Set();
let slow = 0;
// Whether the next question is a new one, whatever was said before.
let isFresh = false;

const settle = (asking) => {
  underWay.delete(asking);
  remember({ asked: [...underWay].map(({ question }) => question) });
  if (underWay.size) return;
  clearTimeout(slow);
  document.body.classList.remove("is-slow");
};

const fieldsOf = ({ question, number, history }) => [
  question,
  audience(),
  day(),
  JSON.stringify({ number, history }),
];

const hear = (asking, { html, is_taken: isTaken }) => {
  put(html);
  if (!isTaken && !box().value) {
    box().value = asking.question; // to be put right and sent again
    box().dispatchEvent(new Event("input", { bubbles: true }));
  }
};

// Follows the reply to its end; false where the connection was lost.
const follow = (asking, event) =>
  new Promise((resolve) => {
    const stream = new EventSource(`${ASK}/${event}`);
    const end = (isThrough) => {
      stream.close();
      clearInterval(asking.watch);
      resolve(isThrough);
    };
    asking.end = () => end(true);
    let heard = performance.now();
    let isSilent = false;
    asking.watch = setInterval(() => {
      const quiet = performance.now() - heard;
      if (quiet > GONE_MS) end(false);
      else if (quiet > SILENT_MS && !isSilent) {
        isSilent = true;
        tellInTurn(asking.number, SILENT);
      }
    }, 1000);
    const listen = (name, told) =>
      stream.addEventListener(name, (message) => {
        heard = performance.now();
        isSilent = false;
        told(message);
      });
    listen("heartbeat", () => {});
    listen("generating", ({ data }) => hear(asking, JSON.parse(data)[0]));
    listen("complete", () => end(true));
    listen("error", ({ data }) => {
      if (data === undefined) return end(false); // the connection, not the server
      endInTurn(asking.number, FAILED);
      return end(true);
    });
  });

const once = async (asking) => {
  const given = new AbortController();
  const timer = setTimeout(() => given.abort(), GONE_MS);
  const silent = setTimeout(() => tellInTurn(asking.number, SILENT), SILENT_MS);
  asking.end = () => given.abort();
  try {
    const response = await fetch(ASK, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ data: fieldsOf(asking) }),
      signal: given.signal,
    });
    clearTimeout(silent);
    if (!response.ok) return false;
    const { event_id: event } = await response.json();
    clearTimeout(timer);
    return asking.isStopped || (await follow(asking, event));
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
    clearTimeout(silent);
  }
};

const pause = (asking, wait) =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, wait);
    asking.wake = () => {
      clearTimeout(timer);
      resolve();
    };
  });

const run = async (asking) => {
  for (let attempt = 0; !asking.isStopped; attempt += 1) {
    if (await once(asking)) break;
    if (asking.isStopped) break;
    tellInTurn(asking.number, LOST, "retry", "现在重试");
    await pause(asking, WAITS_MS[Math.min(attempt, WAITS_MS.length - 1)]);
  }
  settle(asking);
};

export const ask = (question) => {
  if (!question.trim()) return;
  if (!/\p{Script=Han}/u.test(question)) tell("请用中文提问：收录的文件和回答都是中文。");
  openTab("chat");
  const asking = { question: question.trim(), history: isFresh ? [] : questions() };
  isFresh = false;
  asking.number = addTurn(asking.question);
  underWay.add(asking);
  remember({ asked: [...underWay].map((one) => one.question) });
  clearTimeout(slow);
  slow = setTimeout(() => document.body.classList.add("is-slow"), SLOW_MS);
  run(asking);
};

export const askAfresh = (question) => {
  isFresh = true;
  ask(question);
};

export const stop = () => {
  for (const asking of [...underWay]) {
    asking.isStopped = true;
    endInTurn(asking.number, "已停止。");
    asking.end?.();
    asking.wake?.();
    settle(asking);
  }
};

// What waits for the next attempt does not wait any longer.
export const retry = () => {
  for (const asking of underWay) asking.wake?.();
};

export const startAnew = () => {
  stop();
  begin();
};

// What was asked, and not answered, before this page was loaded again.
export const resume = () => {
  for (const question of recall("asked")) ask(question);
};

export const listenToConnection = () => window.addEventListener("online", retry);
