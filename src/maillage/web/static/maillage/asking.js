// A questionnaire that goes on without a connection: the pages of the server, all in one, kept on
// the device until the site has them. Without this script nothing lacks but that.
(() => {
  const box = document.getElementById("enquete");
  const byOne = Boolean(box) && box.hasAttribute("data-by-one");
  const base = (location.pathname.match(byOne || location.pathname.includes("/en-cours/") ? /^.*\/en-cours\/[^/]+\// : /^.*\/enquete\/[^/]+\//) || [""])[0];
  const STORE = `maillage:${base}`;
  const DAY = 86400000;
  const HAND = "/appareil"; // the key, that no question can have, of which device wrote last
  const drawn = () => [...crypto.getRandomValues(new Uint8Array(16))].map((one) => one.toString(16).padStart(2, "0")).join("");

  const desk = (location.pathname.match(/^.*\/pilotage\/enquetes\/[^/]+\/entretien\//) || [""])[0];
  const waitingBox = document.getElementById("entretiens");

  for (const form of document.querySelectorAll("[data-forgets]")) {
    form.addEventListener("submit", () => forget());
  }
  forgetOld();
  if (desk && !base) return waitingHere();
  if (!box || !base || !window.maillageForm) return;

  const questionsAt = byOne ? base.replace(/en-cours\/[^/]+\/$/, "questions.json") : `${base}questions.json`;
  const { Snapshot, normal } = window.maillageForm;
  const T = byOne
    ? { step: "Question {n} sur {all}", last: "Relire l'entretien", send: "Enregistrer l'entretien", later: "À rappeler", quote: "La personne accepte que ses mots soient cités, sans son nom." }
    : { step: "Page {n} sur {all}", last: "Relisez, puis envoyez", send: "Envoyer mes réponses", later: "Reprendre plus tard", quote: "J'accepte que mes mots soient cités, sans mon nom." };
  let form = null; // the questionnaire
  let local = null; // what this device keeps
  let snapshot = null;
  let now = ""; // the screen shown; "" = the last one, that is read again
  let offline = false;
  let busy = false;
  let soon = 0;
  const parts = {};

  // --- what the device keeps --------------------------------------------------------------------

  function read() {
    try { return JSON.parse(localStorage.getItem(STORE)); } catch { return null; }
  }

  function save() {
    local.until = Date.now() + (local.days || 7) * DAY;
    try { localStorage.setItem(STORE, JSON.stringify(local)); } catch { say("Cet appareil ne peut rien garder : ne fermez pas cette page avant d'avoir envoyé.", true); }
  }

  function forget() {
    try { localStorage.removeItem(STORE); } catch { /* nothing was kept */ }
  }

  function forgetOld() {
    try {
      for (const name of Object.keys(localStorage).filter((one) => one.startsWith("maillage:"))) {
        if (!(JSON.parse(localStorage.getItem(name)).until > Date.now())) localStorage.removeItem(name);
      }
    } catch { /* a device that keeps nothing forgets nothing */ }
  }

  // --- speaking with the site -------------------------------------------------------------------

  async function asked(at, options) {
    const answer = await fetch(at, { credentials: "same-origin", ...options });
    const isJson = (answer.headers.get("content-type") || "").includes("json");
    if (!isJson) throw new Error(answer.redirected ? "signed out" : "no answer");
    return { status: answer.status, told: await answer.json() };
  }

  function sent(at, told) {
    const { key, revision, values, ends, quotable, channel, begun } = told;
    const notes = { ...told.notes, [HAND]: told.hand }; // what this device wrote, it may write over
    const body = JSON.stringify({ key, revision, values, notes, ends, quotable, channel, begun });
    return asked(`${at}garder.json`, { method: "POST", body, headers: { "Content-Type": "application/json" } });
  }

  function changed() {
    local.dirty = true;
    local.stamp = (local.stamp || 0) + 1;
    save();
    clearTimeout(soon);
    soon = setTimeout(push, 1200);
  }

  async function push() {
    if (busy || !local || !(local.dirty || local.ends)) return;
    busy = true;
    const { stamp } = local;
    try {
      received(await sent(base, local), stamp);
      lost(false);
    } catch (error) {
      lost(true, error.message);
      if (error.message === "no answer") setTimeout(push, 2000); // the site was busy
    } finally {
      busy = false;
    }
    if (local && local.dirty && local.stamp !== stamp && !offline) push();
  }

  function received({ status, told }, stamp) {
    if (status === 200 && told.done) return done(told.next);
    if (status === 409) return choose(told);
    if (status === 410) return gone(told);
    if (status === 200 || told.problems) {
      local.revision = told.revision;
      if (local.stamp === stamp) local.dirty = false;
      if (local.dirty === false) tellSaved();
    }
    if (told.problems) {
      local.ends = false;
      save();
      const first = snapshotScreens().find((one) => one.keys.some((key) => told.problems.some((p) => p.key === key)));
      if (first) show(first.id);
      tellProblems(told.problems.map(({ key, message }) => [key, message]));
      return undefined;
    }
    if (status >= 400) throw new Error("no answer");
    save();
    return undefined;
  }

  function done(next) {
    forget();
    local = null;
    location.assign(next);
  }

  function gone(told) {
    if (told.done) return done(byOne ? base.replace(/en-cours\/.*$/, "") : `${base}merci/`);
    const why = told.ended ? "L'enquête est terminée : le site ne prend plus de réponses." : "Le site ne garde plus cette réponse. Recopiez ce qui compte, puis recommencez.";
    say(why, true);
    return undefined;
  }

  // Somebody wrote elsewhere since: who answers chooses, nothing is undone unseen.
  function choose(newer) {
    if (parts.dialog.open) return;
    local.ends = false;
    save();
    parts.dialog.querySelector("[data-when]").textContent = new Date(newer.kept).toLocaleString("fr-FR", { dateStyle: "long", timeStyle: "short" });
    parts.dialog.querySelector("[data-mine]").onclick = () => { local.revision = newer.revision; parts.dialog.close(); changed(); push(); };
    parts.dialog.querySelector("[data-theirs]").onclick = () => { take(newer); parts.dialog.close(); redraw(); tellSaved(); };
    parts.dialog.showModal();
  }

  function take(remote) {
    Object.assign(local, { key: remote.key, revision: remote.revision, values: remote.values, notes: remote.notes, dirty: false, ends: false });
    save();
  }

  // --- what is said -----------------------------------------------------------------------------

  function say(words, serious) {
    if (!parts.state) return;
    if (parts.state.textContent !== words) parts.state.textContent = words;
    parts.state.classList.toggle("lost", Boolean(serious));
    parts.state.hidden = !words;
  }

  function lost(is, why) {
    if (why === "signed out") say("Votre session est finie. Reconnectez-vous dans un autre onglet : rien n'est perdu, tout est gardé sur cet appareil.", true);
    else if (is && why === "no answer") say("Le site ne répond pas pour l'instant. Continuez : tout est gardé sur cet appareil.", true);
    else if (is) say(local.ends ? "Pas de connexion. Vos réponses sont prêtes : elles partiront quand la connexion reviendra, si cette page est ouverte ou quand vous la rouvrirez." : "Pas de connexion. Continuez : tout est gardé sur cet appareil et partira quand elle reviendra.", true);
    else if (offline) say("La connexion est revenue : vos réponses sont enregistrées.");
    if (is) parts.saved.textContent = "Gardé sur cet appareil, pas encore envoyé.";
    offline = is;
  }

  function tellSaved() {
    parts.saved.textContent = `Enregistré à ${new Date().toLocaleTimeString("fr-FR", { hour: "2-digit", minute: "2-digit" }).replace(":", " h ")}`;
  }

  // --- the page ---------------------------------------------------------------------------------

  const made = (tag, told = {}, ...inside) => {
    const one = Object.assign(document.createElement(tag), told);
    one.append(...inside);
    return one;
  };

  function build() {
    const whom = box.querySelector(".over");
    Object.assign(parts, {
      step: made("p", { className: "step" }),
      bar: made("progress", { max: 100 }),
      title: made("h1", { tabIndex: -1, className: byOne ? "small" : "" }),
      hint: made("p", { className: "hint", hidden: true }),
      alert: made("div", { className: "told error", hidden: true }),
      state: made("p", { className: "told state", hidden: true }),
      saved: made("span", { className: "saved" }),
      form: made("form", { className: "ask-step", noValidate: true }),
      review: made("div", { hidden: true }),
      next: made("button", { className: "big", textContent: "Continuer" }),
      back: made("button", { className: "second", type: "button", textContent: "Précédent" }),
      later: made("button", { className: "quiet", type: "button", textContent: T.later }),
      dialog: made("dialog"),
    });
    parts.bar.setAttribute("aria-label", "Avancement");
    parts.alert.setAttribute("role", "alert");
    parts.state.setAttribute("role", "status");
    for (const page of form.pages) {
      const section = made("div", { className: "page", hidden: true });
      section.dataset.page = page.id;
      section.innerHTML = page.html;
      parts.form.append(section);
    }
    parts.form.append(parts.review, made("div", { className: "walk" }, parts.next, parts.back, parts.later));
    const choice = "<h2>D'autres réponses ont été enregistrées</h2><p>Elles viennent d'une autre page ou d'un autre appareil (<span data-when></span>). Que voulez-vous garder ?</p><p class=\"walk\"><button type=\"button\" data-mine>Ce qui est écrit ici</button> <button type=\"button\" class=\"second\" data-theirs>Ce qui est déjà enregistré</button></p>";
    parts.dialog.innerHTML = choice;
    const head = whom ? [whom] : [];
    box.replaceChildren(...head, parts.state, parts.step, parts.bar, parts.title, parts.hint, parts.alert, parts.form, made("p", { className: "aside" }, parts.saved), ...shared(), parts.dialog);
    parts.form.addEventListener("submit", (event) => { event.preventDefault(); if (now) onwards(); else finish(); });
    parts.form.addEventListener("input", typed);
    parts.form.addEventListener("change", typed);
    parts.form.addEventListener("click", rows);
    parts.back.addEventListener("click", () => goBack());
    parts.later.addEventListener("click", leaveForLater);
    box.removeAttribute("data-shell");
  }

  function shared() {
    if (byOne) {
      const key = (told) => made("kbd", { textContent: told });
      return [made("p", { className: "keys-told" }, key("1"), "…", key("9"), " choisir  ", key("Entrée"), " continuer  ", key("←"), " précédent")];
    }
    const erase = made("button", { className: "quiet", type: "button", textContent: "Effacer de cet appareil" });
    erase.addEventListener("click", async () => {
      if (!window.confirm("Effacer vos réponses de cet appareil ? Le code permet de les reprendre, si elles ont pu être enregistrées.")) return;
      await push();
      forget();
      location.assign(`${base}plus-tard/`);
    });
    return [made("p", { className: "hint aside" }, "Ordinateur partagé ? ", erase)];
  }

  const asideOf = (path) => CSS.escape(path);
  const element = (path) => parts.form.querySelector(`.asked[data-path="${asideOf(path)}"]`);

  // --- repeats: as many rows as are told --------------------------------------------------------

  function drawRows() {
    for (let again = true; again;) {
      again = false;
      for (const many of parts.form.querySelectorAll(".many")) {
        const holder = many.querySelector(":scope > [data-rows]");
        const [scope, name] = snapshot.at(many.dataset.path);
        const n = scope ? (scope.inside[name] || []).length : 0;
        while (holder.children.length > n) { holder.lastElementChild.remove(); again = true; }
        while (holder.children.length < n) { holder.append(row(many, holder.children.length + 1)); again = true; }
        const none = many.querySelector(":scope > .none");
        if (none) none.hidden = n > 0;
      }
    }
  }

  function row(many, n) {
    const one = many.querySelector(":scope > template").content.cloneNode(true).firstElementChild;
    const put = (text) => text.split(" ").map((one) => one.replace("[@]", `[${n}]`)).join(" "); // the outermost alone
    const within = (root) => {
      for (const node of root.querySelectorAll("*")) {
        for (const { name, value } of [...node.attributes]) if (value.includes("[@]")) node.setAttribute(name, put(value));
        if (node.tagName === "TEMPLATE") within(node.content);
      }
    };
    const wrap = made("div");
    wrap.append(one);
    within(wrap);
    one.querySelector("[data-nth]").textContent = String(n);
    return one;
  }

  function rows(event) {
    const add = event.target.closest("[data-add]");
    const remove = event.target.closest("[data-remove]");
    if (!add && !remove) return;
    event.preventDefault();
    const many = event.target.closest(".many");
    const [scope, name] = snapshot.at(many.dataset.path);
    const told = Array.isArray(scope.given[name]) ? scope.given[name] : [];
    const holder = many.querySelector(":scope > [data-rows]");
    if (add) scope.given[name] = [...told, {}];
    else {
      const at = [...holder.children].indexOf(remove.closest("[data-row]"));
      scope.given[name] = told.filter((_, place) => place !== at);
    }
    redraw();
    changed();
    const into = add ? holder.lastElementChild : many.querySelector("[data-add]");
    const first = into && (into.matches("button") ? into : into.querySelector("input, select, textarea"));
    if (first) first.focus();
  }

  // --- answers ----------------------------------------------------------------------------------

  function answerIn(one) {
    const inputs = [...one.querySelectorAll("input, select, textarea")].filter((input) => input.name === one.dataset.path);
    if (["one", "several", "tick"].includes(one.dataset.widget)) return inputs.filter((input) => input.checked).map((input) => input.value).join(" ");
    if (one.dataset.widget === "rank") return [...new Set(inputs.map((input) => input.value).filter(Boolean))].join(" ");
    return inputs.length ? inputs[0].value : "";
  }

  function put(one, value) {
    const inputs = [...one.querySelectorAll("input, select, textarea")].filter((input) => input.name === one.dataset.path);
    const told = value.split(/\s+/);
    inputs.forEach((input, at) => {
      if (input.type === "radio" || input.type === "checkbox") input.checked = told.includes(input.value);
      else if (one.dataset.widget === "rank") input.value = told[at] || "";
      else if (input !== document.activeElement && input.value !== value) input.value = value;
    });
  }

  function typed(event) {
    const { target } = event;
    if (target.dataset.note) {
      local.notes[target.dataset.note] = target.value;
      if (!target.value.trim()) delete local.notes[target.dataset.note];
      return changed();
    }
    if (target.name === "citer") { local.quotable = target.checked; return changed(); }
    const one = target.closest(".asked");
    if (!one || !target.name) return undefined;
    const [scope, name] = snapshot.at(one.dataset.path);
    if (!scope || form.items[name].calculation) return undefined;
    const value = answerIn(one);
    if (scope.given[name] === value) return undefined;
    scope.given[name] = value;
    stampMoment(one.dataset.path);
    redraw();
    if (one.classList.contains("to-mend") && !wrong(one.dataset.path)) mark(one, "");
    return changed();
  }

  function stampMoment(path) {
    if (!byOne) return;
    let moments = {};
    try { moments = JSON.parse(local.notes["/moments"] || "{}"); } catch { moments = {}; }
    moments[path] = new Date().toISOString().slice(0, 19);
    local.notes["/moments"] = JSON.stringify(moments);
  }

  // what is shown follows what was answered
  function redraw() {
    snapshot = new Snapshot(form, local.values);
    drawRows();
    for (const one of parts.form.querySelectorAll("[data-item]")) {
      const [scope, name] = snapshot.at(one.dataset.path);
      one.hidden = !scope || !scope.asked[name];
      if (!one.hidden && one.classList.contains("asked")) drawQuestion(one, scope, form.items[name]);
    }
    for (const group of [...parts.form.querySelectorAll(".together")].reverse()) group.hidden = group.hidden || !group.querySelector(".asked:not([hidden]), .many");
    for (const told of parts.form.querySelectorAll("[data-tells]")) {
      const around = told.closest("[data-path]");
      const [scope] = snapshot.at(around ? around.dataset.path : told.dataset.tells);
      told.textContent = scope ? snapshot.label(told.dataset.tells, scope) : "";
    }
    for (const note of parts.form.querySelectorAll("[data-note]")) {
      const told = local.notes[note.dataset.note] || "";
      if (note !== document.activeElement && note.value !== told) note.value = told;
      if (told) note.closest("details").open = true;
    }
    if (byOne) showOne();
    progress();
  }

  function drawQuestion(one, scope, item) {
    put(one, scope.kept[item.name] && scope.given[item.name] === undefined ? scope.kept[item.name] : item.calculation ? scope.kept[item.name] : scope.given[item.name] || "");
    const need = one.querySelector("[data-need]");
    if (need) need.hidden = !snapshot.holds(item, "required", scope, false);
    if (item.filter) {
      const offered = new Set(snapshot.choices(item, scope).map((choice) => choice.name));
      for (const choice of one.querySelectorAll("[data-choice]")) {
        choice.hidden = !offered.has(choice.dataset.choice);
        choice.disabled = choice.hidden;
      }
    }
  }

  // --- screens ----------------------------------------------------------------------------------

  const shownIn = (root) => [...root.querySelectorAll(".asked")].filter((one) => !one.closest("[hidden]:not(.page)"));

  function units(page) {
    const all = [...page.querySelectorAll(".asked, .many")].filter((one) => !one.parentElement.closest(".many") && !isLeft(one));
    const found = [];
    let readFirst = [];
    for (const one of all) {
      if (one.dataset.widget === "note") { readFirst.push(one); continue; }
      found.push({ id: one.dataset.path, page: page.dataset.page, elements: [...readFirst, one] });
      readFirst = [];
    }
    if (readFirst.length) found.push({ id: readFirst[0].dataset.path, page: page.dataset.page, elements: readFirst });
    return found;
  }

  // whether the answers leave it out; that another question is on screen is another matter
  function isLeft(one) {
    const [scope, name] = snapshot.at(one.dataset.path);
    return !scope || !scope.asked[name];
  }

  function snapshotScreens() {
    const pages = [...parts.form.querySelectorAll(".page")];
    const screens = byOne ? pages.flatMap(units) : pages.map((page) => ({ id: page.dataset.page, page: page.dataset.page, elements: [page] }));
    for (const one of screens) {
      one.questions = one.elements.flatMap((e) => (e.classList.contains("asked") ? [e] : [...e.querySelectorAll(".asked")])).filter((e) => !isLeft(e));
      one.keys = one.questions.map((e) => e.dataset.path);
      one.many = one.elements.some((e) => [e, ...e.querySelectorAll(".many")].some((m) => m.classList.contains("many") && !isLeft(m)));
    }
    return screens.filter((one) => one.keys.length || one.many);
  }

  function showOne() {
    const screen = snapshotScreens().find((one) => one.id === now);
    for (const page of parts.form.querySelectorAll(".page")) {
      for (const one of page.querySelectorAll(".asked, .many")) {
        if (one.parentElement.closest(".many")) continue;
        one.hidden = !screen || !screen.elements.includes(one);
      }
      for (const group of [...page.querySelectorAll(".together")].reverse()) group.hidden = !group.querySelector(".asked:not([hidden]), .many:not([hidden])");
    }
  }

  function progress() {
    const screens = snapshotScreens();
    const at = screens.findIndex((one) => one.id === now);
    parts.step.textContent = now && at >= 0 ? T.step.replace("{n}", at + 1).replace("{all}", screens.length) : "Dernière étape";
    parts.bar.value = now && at >= 0 ? Math.round(100 * at / screens.length) : 100;
    parts.back.hidden = Boolean(now) && at <= 0;
  }

  function show(id, { focus = true, push: pushed = true } = {}) {
    const screens = snapshotScreens();
    const screen = screens.find((one) => one.id === id);
    now = screen ? id : "";
    local.page = now;
    tellProblems([]);
    for (const page of parts.form.querySelectorAll(".page")) page.hidden = !screen || page.dataset.page !== screen.page;
    parts.review.hidden = Boolean(screen);
    parts.next.textContent = screen ? "Continuer" : T.send;
    const page = screen && form.pages.find((one) => one.id === screen.page);
    const told = (text) => text.replace(/\$\{\s*([^{}]+?)\s*\}/g, (_, name) => snapshot.label(name, snapshot.top));
    parts.title.textContent = page ? told(page.title) || form.title : T.last;
    parts.hint.textContent = page ? told(page.hint) : "";
    parts.hint.hidden = !parts.hint.textContent;
    document.title = `${parts.title.textContent} – ${document.title.split(" – ").pop()}`;
    if (screen && byOne) showOne();
    if (!screen) drawReview(screens);
    progress();
    save();
    if (pushed) history.pushState({ screen: now }, "", now ? `#${encodeURIComponent(now)}` : "#relire");
    if (focus) {
      window.scrollTo(0, 0);
      const first = byOne && screen ? screen.elements[screen.elements.length - 1].querySelector("input:not([disabled]), select, textarea") : null;
      (first || parts.title).focus({ preventScroll: !first });
    }
  }

  function onwards() {
    const screens = snapshotScreens();
    const at = screens.findIndex((one) => one.id === now);
    const screen = screens[at];
    if (screen) {
      for (const key of screen.keys) {
        const [scope, name] = snapshot.at(key);
        if (scope.given[name] === undefined && !form.items[name].calculation && form.items[name].widget !== "note") scope.given[name] = scope.kept[name] || "";
        if (byOne) stampMoment(key);
      }
      redraw();
      changed();
      const problems = screen.keys.map((key) => [key, wrong(key)]).filter(([, message]) => message);
      tellProblems(problems);
      if (problems.length) return;
    }
    const following = snapshotScreens();
    const place = following.findIndex((one) => one.id === now);
    const next = following[place + 1];
    show(next ? next.id : "");
  }

  function goBack() {
    const screens = snapshotScreens();
    const at = now ? screens.findIndex((one) => one.id === now) : screens.length;
    if (at > 0) show(screens[at - 1].id);
  }

  function wrong(key) {
    const [scope, name] = snapshot.at(key);
    const item = form.items[name];
    const found = snapshot.wrong(item, scope);
    if (found || !item.filter || !scope.kept[name]) return found;
    const offered = snapshot.choices(item, scope).map((choice) => choice.name);
    return scope.kept[name].split(/\s+/).every((one) => offered.includes(one)) ? "" : "Choisissez parmi les réponses proposées.";
  }

  function mark(one, message) {
    one.classList.toggle("to-mend", Boolean(message));
    const told = one.querySelector(".wrong");
    if (told) { told.textContent = message; told.hidden = !message; }
    for (const input of one.querySelectorAll("input, select, textarea")) {
      if (input.name !== one.dataset.path) continue;
      if (message) input.setAttribute("aria-invalid", "true"); else input.removeAttribute("aria-invalid");
    }
  }

  function tellProblems(problems) {
    for (const one of parts.form.querySelectorAll(".to-mend")) mark(one, "");
    for (const [key, message] of problems) { const one = element(key); if (one) mark(one, message); }
    parts.alert.hidden = problems.length === 0;
    parts.alert.textContent = problems.length > 1 ? `${problems.length} réponses sont à reprendre sur cette page.` : "Une réponse est à reprendre sur cette page.";
    const first = problems.length ? element(problems[0][0]) : null;
    const field = first && first.querySelector("input, select, textarea");
    if (field) { field.focus(); first.scrollIntoView({ block: "center" }); }
  }

  // --- the last screen --------------------------------------------------------------------------

  function inWords(item, scope) {
    const kept = scope.kept[item.name] || "";
    if (item.widget === "tick") return kept ? "Oui" : "";
    if (item.type === "date" && /^\d{4}-\d\d-\d\d$/.test(kept)) return new Date(`${kept}T12:00:00`).toLocaleDateString("fr-FR", { dateStyle: "long" });
    return snapshot.label(item.name, scope);
  }

  function drawReview(screens) {
    parts.review.replaceChildren();
    for (const page of form.pages) {
      const within = screens.filter((one) => one.page === page.id);
      const keys = within.flatMap((one) => one.keys).filter((key) => form.items[snapshot.at(key)[1]].widget !== "note");
      if (!keys.length) continue;
      const list = made("dl");
      for (const key of keys) {
        const [scope, name] = snapshot.at(key);
        const told = inWords(form.items[name], scope);
        const label = element(key).querySelector("legend, label");
        const words = [...label.childNodes].filter((node) => !(node.dataset && "need" in node.dataset)).map((node) => node.textContent).join("").trim();
        list.append(made("dt", { textContent: words }), made("dd", {}, told ? document.createTextNode(told) : made("em", { textContent: "Pas de réponse" })));
      }
      const title = page.title || `Page ${form.pages.indexOf(page) + 1}`;
      const change = made("button", { type: "button", className: "quiet", textContent: "Modifier" }, made("span", { className: "unseen", textContent: ` ${title}` }));
      change.addEventListener("click", () => show(within[0].id));
      parts.review.append(made("section", { className: "panel recap" }, made("h2", { textContent: title }), list, made("p", {}, change)));
    }
    if (form.words) {
      const box_ = made("input", { type: "checkbox", name: "citer", checked: Boolean(local.quotable) });
      parts.review.append(made("label", { className: "check" }, box_, made("span", { textContent: T.quote })));
    }
  }

  function finish() {
    const screens = snapshotScreens();
    const bad = screens.map((one) => [one, one.keys.map((key) => [key, wrong(key)]).filter(([, message]) => message)]).find(([, problems]) => problems.length);
    if (bad) { show(bad[0].id); tellProblems(bad[1]); return; }
    local.ends = true;
    changed();
    say("Envoi en cours…");
    push().then(() => { if (byOne && local && local.ends) nextPerson(); });
  }

  // ended without a connection: it waits on the device, and the next person may be asked
  function nextPerson() {
    if (parts.after) return;
    parts.after = made("a", { className: "button", href: desk, textContent: "Entretien suivant" });
    parts.form.querySelector(".walk").prepend(parts.after);
  }

  async function leaveForLater() {
    await push();
    if (!offline) { location.assign(byOne ? `${base}rappeler/` : `${base}plus-tard/`); return; }
    const code = (local.code || "").replace(/(.{4})(?=.)/g, "$1-");
    say(`Pas de connexion : vos réponses restent sur cet appareil. Rouvrez cette page ici quand la connexion sera revenue.${code ? ` Votre code : ${code}` : ""}`, true);
  }

  // --- the interviewer's keys -------------------------------------------------------------------

  function keys(event) {
    const { target, key } = event;
    const writes = target.matches("textarea, select, input:not([type=radio]):not([type=checkbox])");
    if (event.ctrlKey || event.altKey || event.metaKey || parts.dialog.open || !now) return;
    if (key === "Enter" && !target.matches("textarea, button, summary, a")) { event.preventDefault(); onwards(); return; }
    if (writes) return;
    if (key === "Backspace" || key === "ArrowLeft") { event.preventDefault(); goBack(); return; }
    if (!/^[1-9]$/.test(key)) return;
    const screen = snapshotScreens().find((one) => one.id === now);
    const labels = screen ? [...screen.elements[screen.elements.length - 1].querySelectorAll(".ticked label:not([hidden]) input")] : [];
    const one = labels[Number(key) - 1];
    if (one) { event.preventDefault(); one.click(); one.focus(); }
  }

  // --- begin ------------------------------------------------------------------------------------

  async function start() {
    const shell = box.hasAttribute("data-shell");
    local = read();
    const [questions, state] = await Promise.allSettled([asked(questionsAt), asked(`${base}etat.json${local ? `?cle=${local.key}` : ""}`)]);
    if (questions.status !== "fulfilled" || questions.value.status !== 200) return;
    form = questions.value.told;
    const remote = state.status === "fulfilled" ? state.value : null;
    if (remote && remote.status === 410 && remote.told.done && local) { forget(); location.assign(byOne ? base.replace(/en-cours\/.*$/, "") : `${base}merci/`); return; }
    if (remote && remote.status !== 200 && !shell) return; // the page itself says what there is
    if (!remote && !local) return;
    const clash = settle(remote && remote.status === 200 ? remote.told : null);
    build();
    redraw();
    const asked_ = new URLSearchParams(location.search).get("ecran");
    const wanted = decodeURIComponent(location.hash.slice(1)) || asked_ || (box.hasAttribute("data-review") ? "relire" : local.page) || "";
    const first = whereItStopped(snapshotScreens());
    const known = wanted === "relire" || snapshotScreens().some((one) => one.id === wanted);
    show(known ? wanted : first ? first.id : "", { focus: false, push: false });
    history.replaceState({ screen: now }, "", now ? `#${encodeURIComponent(now)}` : "#relire");
    if (!remote) lost(true);
    if (clash) choose(clash); else if (local.dirty || local.ends) push();
    listen();
  }

  // the last screen that was answered
  function whereItStopped(screens) {
    const answered = (key) => { const [scope, name] = snapshot.at(key); return scope.given[name] !== undefined; };
    return [...screens].reverse().find((one) => one.keys.some(answered)) || screens[0];
  }

  // what the device and the site keep, made one; what stands in the way of it is returned
  function settle(remote) {
    if (!remote) return null;
    const mine = local && local.key === remote.key ? local : null;
    if (mine && mine.dirty && mine.revision !== remote.revision && remote.notes[HAND] === mine.hand) {
      mine.revision = remote.revision; // written from here: only its answer was lost on the way
    }
    if (mine && mine.dirty && mine.revision !== remote.revision) {
      Object.assign(mine, { code: remote.code, days: remote.device_days });
      return remote;
    }
    if (mine && (mine.dirty || mine.ends)) { Object.assign(mine, { code: remote.code, days: remote.device_days }); return null; }
    local = { code: remote.code, days: remote.device_days, hand: mine ? mine.hand : drawn(), page: mine ? mine.page : "", quotable: Boolean(mine && mine.quotable) };
    take(remote);
    return null;
  }

  // --- interviews that this device began, or ended, without a connection ------------------------

  function inStore() {
    return Object.keys(localStorage).filter((one) => one.startsWith(`maillage:${desk}en-cours/`));
  }

  async function waitingHere() {
    let n = 0;
    for (const name of inStore()) {
      const told = JSON.parse(localStorage.getItem(name));
      if (!told.dirty && !told.ends) continue;
      try {
        const answer = await sent(name.slice("maillage:".length), told);
        if (answer.status === 200 && answer.told.done) { localStorage.removeItem(name); n += 1; }
        else if (answer.status === 200) localStorage.setItem(name, JSON.stringify({ ...told, dirty: false, revision: answer.told.revision }));
      } catch { /* it waits */ }
    }
    if (waitingBox && n) {
      waitingBox.hidden = false;
      waitingBox.textContent = n > 1 ? `${n} entretiens gardés sur cet appareil ont été envoyés.` : "Un entretien gardé sur cet appareil a été envoyé.";
    }
    if (box && box.hasAttribute("data-shell")) beginAlone();
    else register(desk);
  }

  // the page that begins an interview where there is no connection
  function beginAlone() {
    let going = false;
    const made_ = (tag, told, ...inside) => { const one = Object.assign(document.createElement(tag), told); one.append(...inside); return one; };
    const channels = [["telephone", "Entretien au téléphone"], ["face-a-face", "Entretien sur place"], ["comptoir", "Au comptoir"]];
    const last = localStorage.getItem("maillage-canal") || "face-a-face";
    const choices = channels.map(([code, words]) => made_("label", {}, made_("input", { type: "radio", name: "canal", value: code, checked: code === last }), made_("span", { textContent: words })));
    const form_ = made_("form", { className: "ask-step" }, made_("fieldset", {}, made_("legend", { textContent: "Comment se fait l'entretien ?" }), made_("div", { className: "ticked" }, ...choices)), made_("p", {}, made_("button", { className: "big", textContent: "Commencer avec une nouvelle personne" })));
    form_.addEventListener("submit", (event) => {
      event.preventDefault();
      const channel = new FormData(form_).get("canal");
      const key = drawn();
      going = true;
      localStorage.setItem("maillage-canal", channel);
      const told = { key, revision: 0, hand: drawn(), values: {}, notes: {}, channel, begun: new Date().toISOString(), days: 7, until: Date.now() + 7 * DAY };
      localStorage.setItem(`maillage:${desk}en-cours/${key}/`, JSON.stringify(told));
      location.assign(`${desk}en-cours/${key}/`);
    });
    const left = inStore().map((name) => [name, JSON.parse(localStorage.getItem(name))]);
    const ready = left.filter(([, told]) => told.ends).length;
    const open = left.filter(([, told]) => !told.ends);
    const words = ready ? `Pas de connexion. ${ready > 1 ? `${ready} entretiens terminés attendent` : "Un entretien terminé attend"} sur cet appareil : revenez sur cette page quand elle sera revenue.` : "Pas de connexion. Vous pouvez commencer : tout est gardé sur cet appareil et partira quand elle reviendra.";
    const state = made_("p", { className: "told state lost", textContent: words });
    state.setAttribute("role", "status");
    box.replaceChildren(state, made_("h1", { textContent: "Nouvel entretien" }), form_);
    if (open.length) {
      const links = open.map(([name, told]) => made_("li", {}, made_("a", { href: name.slice("maillage:".length), textContent: `Commencé ${new Date(told.begun || told.until - 7 * DAY).toLocaleString("fr-FR", { dateStyle: "long", timeStyle: "short" })}` })));
      box.append(made_("h2", { textContent: "À reprendre" }), made_("ul", { className: "doors" }, ...links));
    }
    const back = () => fetch(`${desk}questions.json`, { cache: "no-store", method: "HEAD" }).then((answer) => { if (answer.ok && !going) location.reload(); }).catch(() => {});
    window.addEventListener("online", back); // which browsers say too soon at times: the site is asked
  }

  function listen() {
    window.addEventListener("online", push);
    window.addEventListener("offline", () => lost(true));
    document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") push(); });
    window.addEventListener("popstate", (event) => { if (event.state) show(event.state.screen || "relire", { push: false }); });
    window.addEventListener("storage", (event) => {
      if (event.key !== STORE || !local) return;
      if (!event.newValue) { location.reload(); return; }
      const page = local.page;
      local = { ...JSON.parse(event.newValue), page }; // another tab wrote: both tell the same
      redraw();
    });
    setInterval(() => { if (local && (local.dirty || local.ends)) push(); }, 8000);
    if (byOne) document.addEventListener("keydown", keys);
    register(byOne ? desk : base);
  }

  function register(scope) {
    if ("serviceWorker" in navigator) navigator.serviceWorker.register(`${scope}sans-connexion.js`, { scope }).catch(() => {});
  }

  start();
})();
