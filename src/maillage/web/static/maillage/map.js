// The map beside the list: the same places, drawn from the same filters. Without it nothing lacks.
(() => {
  const box = document.getElementById("carte");
  if (!box || !window.L) return;
  const told = box.dataset;
  const style = getComputedStyle(document.documentElement);
  const accent = style.getPropertyValue("--accent").trim();
  const pale = style.getPropertyValue("--accent-pale").trim();
  const NEAR = 26; // pixels under which places are drawn as one
  const LETTER = 8; // pixels that a letter of a town's name takes at most
  const LINE = 24; // and a line

  const text = (tag, words, name) => {
    const made = document.createElement(tag);
    made.textContent = words;
    if (name) made.className = name;
    return made;
  };

  const read = (address) => fetch(address).then((answer) => {
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  });

  // Names are put under their commune's point, the most peopled first, where nothing else stands.
  function drawGround(map, communes, marks) {
    const shapes = communes.features.filter((one) => one.geometry.type !== "Point");
    map.createPane("ground").style.zIndex = 300;
    const ground = L.geoJSON({ type: "FeatureCollection", features: shapes }, {
      interactive: false,
      pane: "ground",
      style: (one) => ({
        color: accent, weight: 1, opacity: 0.45, fillColor: pale,
        fillOpacity: one.id === told.commune ? 0.95 : 0.55,
      }),
    }).addTo(map);
    const towns = [...communes.features].sort(
      (a, b) => (b.properties.population || 0) - (a.properties.population || 0),
    );
    map.createPane("towns").style.zIndex = 350; // under the places, which names never hide
    const names = L.layerGroup().addTo(map);
    const name = () => {
      names.clearLayers();
      const seen = map.getBounds();
      const taken = [];
      for (const { nom, latitude, longitude } of towns.map((one) => one.properties)) {
        const at = map.latLngToLayerPoint([latitude, longitude]);
        const half = nom.length * LETTER / 2;
        const free = taken.every((one) => Math.abs(one.y - at.y) > LINE || Math.abs(one.x - at.x) > one.half + half);
        const bare = marks.every((one) => one.y - at.y < -one.radius || one.y - at.y > LINE + one.radius
          || Math.abs(one.x - at.x) > half + one.radius || (one.y - at.y < LINE / 4 && Math.abs(one.x - at.x) < LINE));
        if (!free || !bare || !seen.contains([latitude, longitude])) continue;
        taken.push({ x: at.x, y: at.y, half });
        const icon = L.divIcon({ className: "town", html: text("span", nom), iconSize: null });
        L.marker([latitude, longitude], { icon, interactive: false, keyboard: false, pane: "towns" }).addTo(names);
      }
    };
    map.on("moveend", name);
    return { ground, name };
  }

  // Roads, railways and rivers, where the territory has them: quiet, under names and places.
  const LINES = {
    minor: { color: "#b9b4a6", weight: 1 },
    road: { color: "#9b9483", weight: 1.75 },
    motorway: { color: "#8a8270", weight: 3 },
    rail: { color: "#6b6f76", weight: 1.5, dashArray: "5 3" },
    water: { color: "#6f9fc4", weight: 2 },
  };

  function drawLines(map, lines) {
    map.createPane("lines").style.zIndex = 320;
    L.geoJSON(lines, {
      interactive: false, pane: "lines",
      style: (one) => ({ opacity: 0.9, fill: false, ...LINES[one.properties.kind] }),
    }).addTo(map);
    const drawn = new Set(lines.features.map((one) => one.properties.kind));
    const key = document.getElementById("carte-lignes");
    for (const one of key.querySelectorAll("[data-kinds]")) {
      one.hidden = !one.dataset.kinds.split(" ").some((kind) => drawn.has(kind));
    }
    key.querySelector(".credit").textContent = lines.credit || "";
    key.hidden = drawn.size === 0;
  }

  function gathered(map, places) {
    const groups = [];
    for (const place of places) {
      const at = map.latLngToLayerPoint(place.at);
      const group = groups.find((one) => one.point.distanceTo(at) < NEAR);
      if (group) group.places.push(place);
      else groups.push({ point: at, places: [place] });
    }
    return groups;
  }

  function popup(places) {
    const list = text("ul", "", "found");
    for (const place of places.slice(0, 12)) {
      const line = document.createElement("li");
      const link = text("a", place.name);
      link.href = told.page.replace("ID", encodeURIComponent(place.id));
      line.append(link, text("span", place.address));
      list.append(line);
    }
    return list;
  }

  function drawPlaces(map, places, marks) {
    const layer = L.layerGroup().addTo(map);
    const draw = () => {
      layer.clearLayers();
      marks.length = 0;
      for (const group of gathered(map, places)) {
        const n = group.places.length;
        const bounds = L.latLngBounds(group.places.map((one) => one.at));
        const radius = n > 1 ? Math.min(20, 10 + Math.log2(n) * 2) : 8;
        const { x, y } = map.latLngToLayerPoint(bounds.getCenter());
        marks.push({ x, y, radius });
        const mark = L.circleMarker(bounds.getCenter(), {
          radius,
          color: "#fff", weight: 2, fillColor: accent, fillOpacity: 1,
        }).addTo(layer);
        if (n > 1) mark.bindTooltip(String(n), { permanent: true, direction: "center", className: "howmany" });
        mark.on("click", () => {
          const apart = !bounds.getNorthEast().equals(bounds.getSouthWest());
          if (n > 1 && apart && map.getZoom() < map.getMaxZoom()) map.fitBounds(bounds, { padding: [60, 60] });
          else L.popup().setLatLng(bounds.getCenter()).setContent(popup(group.places)).openOn(map);
        });
      }
    };
    map.on("zoomend", draw);
    return draw;
  }

  async function start() {
    const [communes, found] = await Promise.all([read(told.communes), read(told.places)]);
    const points = found.features.filter((one) => one.geometry);
    box.hidden = false;
    const map = L.map(box, { maxZoom: 16, zoomSnap: 0.25, scrollWheelZoom: false, attributionControl: Boolean(told.tiles) });
    if (told.tiles) L.tileLayer(told.tiles, { maxZoom: 18, attribution: text("span", told.credit).innerHTML }).addTo(map);
    map.zoomControl.setPosition("topright");
    const marks = [];
    const { ground, name } = drawGround(map, communes, marks);
    const draw = drawPlaces(map, points.map((one) => ({
      id: one.id, name: one.properties.nom,
      address: [one.properties.adresse, one.properties.commune].filter(Boolean).join(", "),
      at: [one.geometry.coordinates[1], one.geometry.coordinates[0]],
    })), marks);
    if (told.lines) read(told.lines).then((lines) => drawLines(map, lines)).catch(() => {});
    const town = communes.features.find((one) => one.id === told.commune);
    const whole = ground.getBounds();
    if (town) map.setView([town.properties.latitude, town.properties.longitude], 12);
    else if (whole.isValid()) map.fitBounds(whole, { padding: [8, 8] });
    else if (points.length) map.fitBounds(points.map((one) => [one.geometry.coordinates[1], one.geometry.coordinates[0]]));
    draw();
    name();
    const lost = found.features.length - points.length;
    const note = document.getElementById("carte-dit");
    note.hidden = lost === 0;
    if (lost) note.textContent = (lost > 1 ? told.many : told.one).replace("N", lost);
  }

  start().catch(() => { box.hidden = true; });
})();
