// A questionnaire being filled, worked out in the browser as the server does (survey/forms/snapshot.py):
// every item once, after all that it depends on, in each instance of its repeat.
(() => {
  const words = window.maillageWords;
  const MOST = 200; // times that a repeat may be told
  const WHOLE = /^[+-]?\d{1,15}(?:[.,]0*)?$/;
  const NUMBER = /^[+-]?(?:\d{1,15}(?:[.,]\d{0,15})?|[.,]\d{1,15})$/;

  // what people type → as it is kept; null where it cannot be one
  function normal(item, text) {
    const told = text.trim();
    if (told === "") return "";
    const bare = told.replace(/\s+/g, "");
    if (item.type === "integer") return WHOLE.test(bare) ? BigInt(bare.split(/[.,]/)[0].replace("+", "")).toString() : null;
    if (item.type === "decimal" || item.type === "range") {
      return NUMBER.test(bare) ? words.text(Number(bare.replace(",", "."))) : null;
    }
    if (item.type === "select_multiple" || item.type === "rank") return [...new Set(told.split(/\s+/))].join(" ");
    if (item.type === "date" || item.type === "today") return day(told);
    return told;
  }

  function day(told) {
    const french = /^(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})$/.exec(told);
    const iso = french ? `${french[3]}-${french[2].padStart(2, "0")}-${french[1].padStart(2, "0")}` : told;
    const at = /^\d{4}-\d\d-\d\d$/.test(iso) ? new Date(`${iso}T00:00:00Z`) : null;
    return at && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(iso) ? iso : null;
  }

  class Scope {
    constructor(repeat, number, key, given, around) {
      Object.assign(this, { repeat, number, key, given, around, kept: {}, asked: {}, inside: {} });
    }

    holding(repeat) {
      let scope = this;
      while (scope && scope.repeat !== repeat) scope = scope.around;
      return scope;
    }
  }

  class Snapshot {
    constructor(form, values) {
      this.form = form;
      this.top = new Scope("", 1, "", values, null);
      this.found = new Map(); // scope by the key of an instance
      this.found.set("", this.top);
      for (const name of form.order) {
        const item = form.items[name];
        for (const scope of this.scopes(item.home)) this.workOut(item, scope);
      }
    }

    scopes(repeat) {
      if (!repeat) return [this.top];
      return this.scopes(this.form.items[repeat].home).flatMap((scope) => scope.inside[repeat] || []);
    }

    holds(item, column, scope, otherwise) {
      return item[column] ? words.holds(item[column], new Seen(this, scope)) : otherwise;
    }

    checked(item, scope) {
      return !item.constraint || words.holds(item.constraint, new Seen(this, scope, scope.kept[item.name] || ""));
    }

    choices(item, scope) {
      if (!item.filter) return item.choices;
      return item.choices.filter((choice) => words.holds(item.filter, new Seen(this, scope, "", choice)));
    }

    parentAsked(parent, scope) {
      if (!parent) return true;
      const home = scope.repeat === parent ? scope.around : scope;
      return !home || home.asked[parent] !== false;
    }

    workOut(item, scope) {
      const asked = this.parentAsked(item.parent, scope) && this.holds(item, "relevant", scope, true);
      scope.asked[item.name] = asked;
      if (!item.group) scope.kept[item.name] = asked ? this.keptOf(item, scope) : "";
      else if (item.repeats) scope.inside[item.name] = asked ? this.instances(item, scope) : [];
    }

    keptOf(item, scope) {
      const computed = (tree) => { const told = words.text(words.value(tree, new Seen(this, scope))); return told === "NaN" ? "" : told; };
      if (item.calculation) return computed(item.calculation);
      const told = scope.given[item.name];
      if (typeof told === "string") return told === "" ? "" : normal(item, told) || told;
      if (item.type === "today") return localDay();
      if (item.begun) return computed(item.begun);
      return item.plain || "";
    }

    instances(item, scope) {
      let rows = Array.isArray(scope.given[item.name]) ? scope.given[item.name] : [];
      if (item.count) {
        const number = words.number(words.value(item.count, new Seen(this, scope)));
        const n = Number.isNaN(number) ? 0 : Math.trunc(Math.min(Math.max(number, 0), MOST));
        if (n > rows.length) { rows = [...rows, ...Array.from({ length: n - rows.length }, () => ({}))]; scope.given[item.name] = rows; }
        rows = rows.slice(0, n);
      }
      return rows.slice(0, MOST).map((row, at) => {
        const made = new Scope(item.name, at + 1, `${scope.key}${item.name}[${at + 1}]/`, row, scope);
        this.found.set(made.key, made);
        return made;
      });
    }

    at(path) {
      const cut = path.lastIndexOf("/") + 1;
      return [this.found.get(path.slice(0, cut)), path.slice(cut)];
    }

    // what is to mend in an answer, "" where nothing is
    wrong(item, scope) {
      if (!scope.asked[item.name] || item.calculation || !item.widget || item.widget === "note") return "";
      const kept = scope.kept[item.name] || "";
      if (kept === "") return this.holds(item, "required", scope, false) ? item.requiredMessage : "";
      if (normal(item, kept) === null) return item.wrongMessage;
      return this.checked(item, scope) ? "" : item.constraintMessage;
    }

    label(name, scope) {
      return new Seen(this, scope).words(name);
    }
  }

  class Seen {
    constructor(snapshot, scope, here = "", choice = null) {
      Object.assign(this, { snapshot, scope, told: here, choice });
    }

    get today() { return localDay(); }
    get now() { return `${localDay()}T${new Date().toTimeString().slice(0, 8)}`; }

    answer(name) {
      const item = this.snapshot.form.items[name];
      if (item.group && item.repeats) return this.within(name).map(() => "");
      const holding = this.scope.holding(item.home);
      if (holding) return holding.kept[name] || "";
      return this.within(item.home).filter((one) => one.asked[name] !== false).map((one) => one.kept[name] || "");
    }

    within(repeat) {
      const items = this.snapshot.form.items;
      const chain = [repeat];
      while (!this.scope.holding(items[chain[chain.length - 1]].home)) chain.push(items[chain[chain.length - 1]].home);
      let scopes = [this.scope.holding(items[chain[chain.length - 1]].home)];
      for (const name of chain.reverse()) scopes = scopes.flatMap((one) => one.inside[name] || []);
      return scopes;
    }

    here() { return this.told; }
    position() { return this.scope.number; }

    indexed(name, at) {
      let scope = this.snapshot.top;
      for (const [repeat, number] of at) {
        scope = (scope.inside[repeat] || [])[number - 1];
        if (!scope) return "";
      }
      return scope.kept[name] || "";
    }

    choiceLabel(name, question) {
      const found = (this.snapshot.form.items[question].choices || []).find((one) => one.name === name);
      return found ? found.label : "";
    }

    column(name) {
      if (!this.choice) return "";
      return name === "name" || name === "label" ? this.choice[name] : this.choice.more[name] || "";
    }

    words(name) {
      const item = this.snapshot.form.items[name];
      if (!item) return "";
      const told = words.text(this.answer(name));
      return item.choices && item.choices.length ? told.split(/\s+/).filter(Boolean).map((one) => this.choiceLabel(one, name) || one).join(", ") : told;
    }
  }

  function localDay() {
    const now = new Date();
    const two = (n) => String(n).padStart(2, "0");
    return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  }

  window.maillageForm = { Snapshot, normal };
})();
