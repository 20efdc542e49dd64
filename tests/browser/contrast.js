// Every text whose contrast is below AA, with its ratio; what is disabled may be faint, but must be seen. Runs in the page.
() => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 });
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  const over = (colours) => {
    pen.clearRect(0, 0, 1, 1);
    for (const colour of colours) {
      pen.fillStyle = colour;
      pen.fillRect(0, 0, 1, 1);
    }
    return [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const light = (rgb) =>
    rgb
      .map((v) => v / 255)
      .map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
      .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const parent = (node) => node.parentElement ?? node.getRootNode().host;
  const low = [];
  const hosts = [...document.querySelectorAll("*")].filter((node) => node.shadowRoot);
  const roots = [document.body, ...hosts.map((host) => host.shadowRoot)];
  for (const node of roots.flatMap((root) => [...root.querySelectorAll("*")])) {
    const own = [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim());
    const box = node.getBoundingClientRect();
    if (!own || !box.width || ["STYLE", "SCRIPT", "TITLE", "NOSCRIPT"].includes(node.tagName)) continue;
    if (node.closest(".unseen, [data-testid=stIconMaterial]") || node.closest("dialog:not([open])")) continue;
    const behind = [];
    for (let at = node; at; at = parent(at)) behind.unshift(getComputedStyle(at).backgroundColor);
    const [ink, paper] = [over([...behind, getComputedStyle(node).color]), over(behind)].map(light);
    const ratio = (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
    if (ratio < (node.closest(":disabled") ? 1.5 : 4.5)) low.push(`${ratio.toFixed(2)} ${node.tagName}.${node.className} ${node.textContent.slice(0, 40)}`);
  }
  return low;
};
