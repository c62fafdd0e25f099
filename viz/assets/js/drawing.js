// A canvas that writes SVG: as much of the canvas's interface as the map draws with.

const xml = (text) => String(text).replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd").replace(/[&<>"]/g, (sign) => `&#${sign.codePointAt(0)};`);
const rounded = (value) => Number(value.toFixed(2));

class SvgCanvas {
  constructor(width, height) {
    this.canvas = { width, height };
    this.parts = [];
    this.clips = [];
    this.kept = [];
    this.ruler = document.createElement("canvas").getContext("2d");
    Object.assign(this, {
      fillStyle: "#000", strokeStyle: "#000", lineWidth: 1, globalAlpha: 1, lineJoin: "miter", lineCap: "butt", font: "10px sans-serif",
      textAlign: "left", textBaseline: "alphabetic", dash: [], matrix: [1, 0, 0], clipped: "", path: [],
    });
  }

  save() {
    const { fillStyle, strokeStyle, lineWidth, globalAlpha, lineJoin, lineCap, font, textAlign, textBaseline, dash, matrix, clipped } = this;
    this.kept.push({ fillStyle, strokeStyle, lineWidth, globalAlpha, lineJoin, lineCap, font, textAlign, textBaseline, dash, matrix, clipped });
  }

  restore() { Object.assign(this, this.kept.pop()); }
  setTransform(scale, b, c, d, x, y) { this.matrix = [scale, x, y]; }
  setLineDash(dash) { this.dash = dash; }
  beginPath() { this.path = []; }
  moveTo(x, y) { this.path.push(`M${rounded(x)} ${rounded(y)}`); }
  lineTo(x, y) { this.path.push(`L${rounded(x)} ${rounded(y)}`); }
  quadraticCurveTo(cx, cy, x, y) { this.path.push(`Q${rounded(cx)} ${rounded(cy)} ${rounded(x)} ${rounded(y)}`); }
  closePath() { this.path.push("Z"); }

  // Only whole circles are drawn.
  arc(x, y, radius) {
    const [r, across] = [rounded(radius), rounded(2 * radius)];
    this.path.push(`M${rounded(x - radius)} ${rounded(y)}a${r} ${r} 0 1 0 ${across} 0a${r} ${r} 0 1 0 ${-across} 0Z`);
  }

  measureText(text) {
    this.ruler.font = this.font;
    return this.ruler.measureText(text);
  }

  textOf(shape) { return shape ? shape.text : this.path.join(""); }

  add(name, attributes, content = "") {
    const [scale, x, y] = this.matrix;
    const all = { ...attributes, opacity: this.globalAlpha < 1 ? rounded(this.globalAlpha) : undefined };
    if (scale !== 1 || x || y) all.transform = `translate(${rounded(x)} ${rounded(y)}) scale(${Number(scale.toPrecision(7))})`;
    const written = Object.entries(all).filter(([, value]) => value !== undefined && value !== "").map(([key, value]) => ` ${key}="${xml(value)}"`).join("");
    const made = `<${name}${written}${content ? `>${content}</${name}>` : "/>"}`;
    this.parts.push(this.clipped ? `<g clip-path="url(#${this.clipped})">${made}</g>` : made);
  }

  fill(shape) { this.add("path", { d: this.textOf(shape), fill: this.fillStyle }); }

  stroke(shape) {
    this.add("path", {
      d: this.textOf(shape), fill: "none", stroke: this.strokeStyle, "stroke-width": Number(this.lineWidth.toPrecision(4)),
      "stroke-linejoin": this.lineJoin, "stroke-linecap": this.lineCap, "stroke-dasharray": this.dash.map((length) => Number(length.toPrecision(4))).join(" "),
    });
  }

  clip(shape) {
    const [scale, x, y] = this.matrix, name = `clip-${this.clips.length + 1}`;
    this.clips.push(`<clipPath id="${name}"><path d="${this.textOf(shape)}" transform="translate(${rounded(x)} ${rounded(y)}) scale(${Number(scale.toPrecision(7))})"/></clipPath>`);
    this.clipped = name;
  }

  fillRect(x, y, width, height) { this.add("rect", { x, y, width, height, fill: this.fillStyle }); }
  fillText(text, x, y) { this.write(text, x, y, { fill: this.fillStyle }); }
  strokeText(text, x, y) { this.write(text, x, y, { fill: "none", stroke: this.strokeStyle, "stroke-width": this.lineWidth, "stroke-linejoin": "round" }); }

  write(text, x, y, look) {
    const anchor = { left: undefined, center: "middle", right: "end" }[this.textAlign];
    const base = this.textBaseline === "middle" ? "central" : undefined;
    this.add("text", { x: rounded(x), y: rounded(y), style: `font: ${this.font}`, "text-anchor": anchor, "dominant-baseline": base, ...look }, xml(text));
  }

  toString() {
    const { width, height } = this.canvas;
    const title = `<title>${xml(page.title)}</title><desc>${xml(captionLines().join("\n"))}</desc>`;
    return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${title}<defs>${this.clips.join("")}</defs>\n${this.parts.join("\n")}\n</svg>\n`;
  }
}
