// SPDX-FileCopyrightText: candial contributors
// SPDX-License-Identifier: MIT
/**
 * A canvas as sharp as the screen, in the colours of style.css. Its size is told by an observer and the colours are
 * kept: asking for either while a frame is made costs a layout of the page.
 */

const isDark = matchMedia('(prefers-color-scheme: dark)');

export class Chart {
    #canvas;
    #colours = new Map();
    #size = {width: 0, height: 0};

    /**
     * @param {HTMLCanvasElement} canvas
     * @param {() => void} [onresize] it wants to be drawn
     */
    constructor(canvas, onresize = () => {}) {
        this.#canvas = canvas;
        this.context = canvas.getContext('2d');
        new ResizeObserver(([{contentRect: {width, height}}]) => {
            this.#size = {width, height};
            onresize();
        }).observe(canvas);
        isDark.addEventListener('change', () => {
            this.#colours.clear();
            onresize();
        });
    }

    /** Empties it; returns its size in CSS pixels, or null: it has none, as while it is hidden. */
    begin() {
        const ratio = window.devicePixelRatio || 1;
        const {width, height} = this.#size;
        if (width === 0 || height === 0) {
            return null;
        }
        if (this.#canvas.width !== Math.round(width * ratio) || this.#canvas.height !== Math.round(height * ratio)) {
            this.#canvas.width = Math.round(width * ratio);
            this.#canvas.height = Math.round(height * ratio);
        }
        this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
        this.context.clearRect(0, 0, width, height);
        this.context.font = '12px system-ui, sans-serif';
        this.context.lineWidth = 1.5;
        return {width, height};
    }

    /** @param {string} name as "--ink" @returns {string} */
    colour(name) {
        if (!this.#colours.has(name)) {
            this.#colours.set(name, getComputedStyle(this.#canvas).getPropertyValue(name));
        }
        return this.#colours.get(name);
    }

    /** A line through points; NaN breaks it. @param {[number, number][]} points @param {string} colour */
    line(points, colour) {
        const {context} = this;
        context.strokeStyle = colour;
        context.beginPath();
        let isDown = false;
        for (const [x, y] of points) {
            if (Number.isNaN(y)) {
                isDown = false;
            } else if (isDown) {
                context.lineTo(x, y);
            } else {
                context.moveTo(x, y);
                isDown = true;
            }
        }
        context.stroke();
    }

    text(text, x, y, colour) {
        this.context.fillStyle = colour;
        this.context.fillText(text, x, y);
    }
}
