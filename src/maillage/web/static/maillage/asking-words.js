// The expressions of a questionnaire, computed in the browser as the server computes them.
// A tree comes as data (see compiled.py): nothing of it is ever run as code.
(() => {
  const EPOCH = Date.UTC(1970, 0, 1);
  const DAY = 86400000;
  const MONTHS = ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."];
  const WEEK = ["dim.", "lun.", "mar.", "mer.", "jeu.", "ven.", "sam."];
  const NUMBER = /^\s*-?(?:\d+(?:\.\d*)?|\.\d+)\s*$/;
  const ISO = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?(?:Z|[+-]\d\d:?\d\d)?)?$/;

  // a day, or a moment where ``timed``; ``ms`` counts from 1970 without any zone
  class Moment {
    constructor(ms, timed) { this.ms = ms; this.timed = timed; }
    get days() { return (this.ms - EPOCH) / DAY; }
    toString() {
      const told = new Date(this.ms).toISOString();
      if (!this.timed) return told.slice(0, 10);
      return told.endsWith(".000Z") ? told.slice(0, 19) : `${told.slice(0, 23)}000`;
    }
  }

  function moment(text) {
    const found = ISO.exec(text);
    if (!found) return null;
    const [, year, month, day, hour, minute, second, part] = found;
    const ms = Date.UTC(year, month - 1, day, hour || 0, minute || 0, second || 0, part ? Number(`0.${part}`) * 1000 : 0);
    const made = new Date(ms);
    made.setUTCFullYear(Number(year));
    const same = made.getUTCMonth() === month - 1 && made.getUTCDate() === Number(day);
    if (!same || year === "0000" || (hour && (hour > 23 || minute > 59 || (second || 0) > 59))) return null;
    return new Moment(made.getTime(), hour !== undefined);
  }

  const isDay = (value) => value instanceof Moment;

  function numberText(value) {
    if (Number.isNaN(value)) return "NaN";
    if (!Number.isFinite(value)) return value > 0 ? "Infinity" : "-Infinity";
    if (Number.isInteger(value)) return BigInt(value).toString();
    if (Math.abs(value) >= 1e-4) return String(value);
    return value.toFixed(17).replace(/0+$/, "");
  }

  function text(value) {
    if (typeof value === "string") return value;
    if (typeof value === "boolean") return value ? "true" : "false";
    if (typeof value === "number") return numberText(value);
    if (Array.isArray(value)) return value.length ? value[0] : "";
    return value.toString();
  }

  function number(value) {
    if (typeof value === "boolean") return value ? 1 : 0;
    if (typeof value === "number") return value;
    if (isDay(value)) return value.days;
    const told = text(value);
    if (NUMBER.test(told)) return Number(told);
    const day = moment(told);
    return day ? day.days : NaN;
  }

  function truth(value) {
    if (typeof value === "boolean") return value;
    if (typeof value === "number") return !(value === 0 || Number.isNaN(value));
    return isDay(value) || text(value) !== "";
  }

  function pairs(left, right, holds) {
    const lefts = Array.isArray(left) ? left : [left];
    const rights = Array.isArray(right) ? right : [right];
    return lefts.some((a) => rights.some((b) => holds(a, b)));
  }

  function same(a, b) {
    if (typeof a === "boolean" || typeof b === "boolean") return truth(a) === truth(b);
    if (typeof a === "string" && typeof b === "string") return a === b;
    return number(a) === number(b);
  }

  const texts = (given) => given.flatMap((one) => (Array.isArray(one) ? one : [text(one)]));
  const numbers = (given) => given.flatMap((one) => (Array.isArray(one) ? one.map(number) : [number(one)]));
  const words = (value) => text(value).split(/\s+/).filter(Boolean);
  const signs = (value) => [...text(value)];

  function momentOf(value) {
    if (isDay(value)) return value;
    if (typeof value !== "number") {
      const told = text(value);
      const found = moment(told);
      if (found || !told) return found;
    }
    const days = number(value);
    if (!(Math.abs(days) < 2900000)) return null;
    const ms = EPOCH + Math.floor(days) * DAY;
    return new Date(ms).getUTCFullYear() >= 1 ? new Moment(ms, false) : null;
  }

  function round(value, places = 0) {
    const told = number(value);
    const n = number(places);
    if (!Number.isFinite(told) || !(n >= -15 && n <= 15)) return told;
    if (n === 0) return Math.abs(told) < 1e15 ? Math.floor(told + 0.5) : told;
    if (Math.abs(told) >= 1e9) return told;
    return rounded(String(Math.abs(told)), Math.trunc(n)) * (told < 0 ? -1 : 1);
  }

  // half up, on the decimals as they are written, not on those of the machine
  function rounded(told, n) {
    const [plain, power = "0"] = told.split("e");
    const [whole, part = ""] = plain.split(".");
    const digits = whole + part;
    const cut = whole.length + Number(power) + n;
    if (cut < 0) return 0;
    const kept = BigInt(digits.slice(0, cut).padEnd(cut, "0") || "0");
    const up = Number(digits[cut] || 0) >= 5 ? 1n : 0n;
    return Number(`${kept + up}e${-n}`);
  }

  function extreme(pick) {
    return (...given) => {
      const all = numbers(given);
      return all.length && !all.some(Number.isNaN) ? pick(...all) : NaN;
    };
  }

  function formatDate(value, pattern) {
    const found = momentOf(value);
    if (!found) return "";
    const at = new Date(found.ms);
    const two = (n) => String(n).padStart(2, "0");
    const parts = {
      Y: String(at.getUTCFullYear()).padStart(4, "0"), y: two(at.getUTCFullYear() % 100),
      m: two(at.getUTCMonth() + 1), n: String(at.getUTCMonth() + 1), b: MONTHS[at.getUTCMonth()],
      d: two(at.getUTCDate()), e: String(at.getUTCDate()), a: WEEK[at.getUTCDay()],
      H: two(at.getUTCHours()), h: String(at.getUTCHours()), M: two(at.getUTCMinutes()),
      S: two(at.getUTCSeconds()), 3: String(at.getUTCMilliseconds()).padStart(3, "0"), "%": "%",
    };
    const all = signs(pattern);
    let told = "";
    for (let at_ = 0; at_ < all.length; at_ += 1) {
      if (all[at_] !== "%") told += all[at_];
      else { at_ += 1; told += parts[all[at_] === undefined ? "%" : all[at_]] || ""; }
    }
    return told;
  }

  function part(value, begin, end = Infinity) {
    const all = signs(value);
    const first = number(begin);
    const last = number(end);
    if (Number.isNaN(first) || Number.isNaN(last)) return "";
    const within = (n) => Math.trunc(Math.max(0, Math.min(n, all.length)));
    return all.slice(within(first), within(last)).join("");
  }

  function translate(value, old, made) {
    const olds = signs(old);
    const news = signs(made);
    return signs(value).map((one) => {
      const at = olds.indexOf(one);
      return at < 0 ? one : news[at] || "";
    }).join("");
  }

  // the server's patterns (a class, a count, an escape) as those of browsers, over whole texts
  const ESCAPED = { d: "\\p{Nd}", D: "\\P{Nd}", s: "\\s", S: "\\S", n: "\\n", t: "\\t", r: "\\r" };
  function pattern(source) {
    let made = "";
    let inside = false;
    const all = [...source];
    for (let at = 0; at < all.length; at += 1) {
      const sign = all[at];
      if (sign === "\\") {
        at += 1;
        made += escaped(all[at], inside);
      } else if (sign === "[" && inside) made += "\\[";
      else if (sign === "]" && inside && /\[\^?$/.test(made)) made += "\\]";
      else {
        if (sign === "[") inside = true;
        if (sign === "]") inside = false;
        made += sign === "." && !inside ? "[^\\n]" : sign;
      }
    }
    return made;
  }
  function escaped(sign, inside) {
    if (sign === "w") return inside ? "\\p{L}\\p{N}_" : "[\\p{L}\\p{N}_]";
    if (sign === "W" && !inside) return "[^\\p{L}\\p{N}_]";
    if (ESCAPED[sign]) return ESCAPED[sign];
    return /[\^$\\.*+?()[\]{}|/]/.test(sign) || (sign === "-" && inside) || sign === "W" ? `\\${sign}` : sign;
  }

  const known = new Map(); // patterns made ready
  function matches(value, source) {
    const told = text(value);
    if ([...told].length > 5000) return false;
    const asked = text(source);
    if (!known.has(asked)) {
      const whole = `^(?:${pattern(asked)})$`;
      try { known.set(asked, new RegExp(whole, "u")); } catch { known.set(asked, new RegExp(whole)); }
    }
    return known.get(asked).test(told);
  }

  function power(value, exponent) {
    const base = number(value);
    const found = base ** number(exponent);
    if (base === 1 || number(exponent) === 0) return 1;
    return Number.isFinite(found) || !Number.isFinite(base) || !Number.isFinite(number(exponent)) ? found : NaN;
  }

  const before = (value, sign) => { const at = text(value).indexOf(text(sign)); return text(value).slice(0, Math.max(0, at)); };
  const after = (value, sign) => { const at = text(value).indexOf(text(sign)); return at < 0 ? "" : text(value).slice(at + text(sign).length); };
  const asDay = (value) => { const found = momentOf(value); return found ? new Moment(Math.floor(found.ms / DAY) * DAY, false) : ""; };

  const FUNCTIONS = {
    not: (v) => !truth(v),
    true: () => true,
    false: () => false,
    boolean: truth,
    "boolean-from-string": (v) => ["true", "1"].includes(text(v)),
    selected: (v, one) => words(v).includes(text(one).trim()),
    "count-selected": (v) => words(v).length,
    "selected-at": (v, at) => { const n = number(at); return n >= 0 && n < words(v).length ? words(v)[Math.trunc(n)] : ""; },
    string: text,
    "string-length": (v) => signs(v).length,
    concat: (...given) => texts(given).join(""),
    join: (sign, ...given) => texts(given).join(text(sign)),
    contains: (v, one) => text(v).includes(text(one)),
    "starts-with": (v, one) => text(v).startsWith(text(one)),
    "ends-with": (v, one) => text(v).endsWith(text(one)),
    substr: part,
    "substring-before": before,
    "substring-after": after,
    "normalize-space": (v) => words(v).join(" "),
    translate,
    regex: matches,
    number,
    int: (v) => { const n = number(v); return Number.isFinite(n) ? Math.trunc(n) : n; },
    round,
    abs: (v) => Math.abs(number(v)),
    pow: power,
    sum: (...given) => numbers(given).reduce((a, b) => a + b, 0),
    min: extreme(Math.min),
    max: extreme(Math.max),
    count: (v) => (Array.isArray(v) ? v.length : 1),
    "count-non-empty": (v) => texts([v]).filter(Boolean).length,
    date: asDay,
    "date-time": (v) => momentOf(v) || "",
    "format-date": formatDate,
    "format-date-time": formatDate,
    "decimal-date-time": (v) => { const found = momentOf(v); return found ? found.days : NaN; },
  };
  const OF_HERE = new Set(["string-length", "normalize-space", "string", "number"]);

  const SIGNS = {
    "=": (a, b) => pairs(a, b, same),
    "!=": (a, b) => pairs(a, b, (x, y) => !same(x, y)),
    "<": (a, b) => pairs(a, b, (x, y) => number(x) < number(y)),
    "<=": (a, b) => pairs(a, b, (x, y) => number(x) <= number(y)),
    ">": (a, b) => pairs(a, b, (x, y) => number(x) > number(y)),
    ">=": (a, b) => pairs(a, b, (x, y) => number(x) >= number(y)),
    "+": (a, b) => number(a) + number(b),
    "-": (a, b) => number(a) - number(b),
    "*": (a, b) => number(a) * number(b),
    div: (a, b) => number(a) / number(b),
    mod: (a, b) => number(a) % number(b),
  };

  const OWN = {
    if: ([holds, yes, no], around) => (truth(value(holds, around)) ? value(yes, around) : value(no, around)),
    coalesce: (given, around) => given.reduce((found, one) => (text(found) === "" ? value(one, around) : found), ""),
    position: (given, around) => around.position(),
    today: (given, around) => moment(around.today),
    now: (given, around) => moment(around.now),
    "jr:choice-name": ([chosen, named], around) => {
      const name = named[0] === "answer" ? named[1] : named[1].replace(/^\s*\$\{\s*|\s*\}\s*$/g, "");
      return around.choiceLabel(text(value(chosen, around)), name);
    },
    "indexed-repeat": ([asked, ...rest], around) => {
      const at = [];
      for (let i = 0; i < rest.length; i += 2) {
        const n = number(value(rest[i + 1], around));
        if (!(n > 0 && n < 1e6)) return "";
        at.push([rest[i][1], Math.trunc(n)]);
      }
      return around.indexed(asked[1], at);
    },
  };

  // ``around`` tells answers as the server's ``Around`` does; texts not answered are "".
  function value(tree, around) {
    const [kind, one, two, three] = tree;
    if (kind === "value") return one;
    if (kind === "answer") return around.answer(one);
    if (kind === "here") return around.here();
    if (kind === "column") return around.column(one);
    if (kind === "minus") return -number(value(one, around));
    if (kind === "call") return called(one, two, around);
    if (one === "and") return truth(value(two, around)) && truth(value(three, around));
    if (one === "or") return truth(value(two, around)) || truth(value(three, around));
    return SIGNS[one](value(two, around), value(three, around));
  }

  function called(name, given, around) {
    if (Object.hasOwn(OWN, name)) return OWN[name](given, around);
    const told = !given.length && OF_HERE.has(name) ? [["here"]] : given;
    return FUNCTIONS[name](...told.map((one) => value(one, around)));
  }

  window.maillageWords = { value, holds: (tree, around) => truth(value(tree, around)), text, number };
})();
