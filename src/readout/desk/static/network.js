// The network around an actor, drawn when it is asked for: its library is larger than all the rest of the page.

const section = document.querySelector("#network");
if (section) {
  section.hidden = false;
  const graph = section.querySelector(".graph");
  graph.hidden = true;
  section.classList.add("closed");
  section.querySelector("button").addEventListener("click", async (e) => {
    e.target.disabled = true;
    const [answer] = await Promise.all([fetch(section.dataset.graph), library(section.dataset.library)]);
    if (!answer.ok) return;
    graph.hidden = false;
    section.classList.remove("closed");
    draw(graph, await answer.json());
  });
}

function library(address) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = resolve;
    script.onerror = reject;
    document.head.append(script);
  });
}

function draw(container, { nodes, edges }) {
  const style = getComputedStyle(document.documentElement), colour = (name) => style.getPropertyValue(`--${name}`).trim();
  const kinds = { person: ["ellipse", "person"], organization: ["rectangle", "body"], place: ["diamond", "place"], facility: ["diamond", "place"], group: ["round-rectangle", "body"], self: ["star", "accent"] };
  const most = Math.max(...edges.map((edge) => edge.events), 1);
  const network = cytoscape({
    container,
    elements: [
      ...nodes.map((node) => ({ data: { id: node.id, label: node.name, kind: node.kind, size: 16 + 10 * Math.log2(1 + node.events) } })),
      ...edges.map((edge) => ({ data: { id: `${edge.one}|${edge.other}`, source: edge.one, target: edge.other, width: 0.8 + 4 * edge.events / most } })),
    ],
    style: [
      { selector: "node", style: { label: "data(label)", width: "data(size)", height: "data(size)", "font-size": 11, "font-family": style.getPropertyValue("--sans"), color: colour("ink"), "text-wrap": "ellipsis", "text-max-width": 130, "text-valign": "bottom", "text-margin-y": 3, "text-outline-color": colour("raised"), "text-outline-width": 2 } },
      ...Object.entries(kinds).map(([kind, [shape, name]]) => ({ selector: `node[kind = "${kind}"]`, style: { shape, "background-color": colour(name) } })),
      { selector: "edge", style: { width: "data(width)", "line-color": colour("edge"), opacity: 0.55, "curve-style": "straight" } },
    ],
    layout: { name: "cose", animate: false, nodeRepulsion: () => 9000, idealEdgeLength: () => 90, padding: 24 },
    minZoom: 0.3, maxZoom: 3, wheelSensitivity: 0.3, userZoomingEnabled: false,
  });
  network.on("tap", "node", (e) => { location.href = `/actor?name=${encodeURIComponent(e.target.data("label"))}`; });
  container.addEventListener("dblclick", () => network.userZoomingEnabled(!network.userZoomingEnabled()));
}
