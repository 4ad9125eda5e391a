// Deep links: /?q=…&audience=…&as_of=… asks at once; whether one did.
import { ask } from "./asking.js";
import { setAudience, setDay } from "./choices.js";

export const linkTo = ({ question, audience, as_of: day }) => {
  const link = new URL(location.pathname, location.origin);
  link.search = new URLSearchParams({ q: question, audience, as_of: day });
  return link.href;
};

export const followLink = () => {
  const given = new URLSearchParams(location.search);
  if (given.get("audience")) setAudience(given.get("audience"));
  if (given.has("as_of")) setDay(given.get("as_of"));
  const question = given.get("q");
  if (!question?.trim()) return false;
  // Asked once: reloading or going back does not ask again with the conversation under way.
  history.replaceState(null, "", location.pathname);
  ask(question);
  return true;
};
