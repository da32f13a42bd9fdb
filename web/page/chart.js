// SPDX-FileCopyrightText: candial contributors
// SPDX-License-Identifier: MIT
/** A canvas as sharp as the screen, in the colours of style.css. */

export class Chart {
    #canvas;
    #colours = new Map(); // of this drawing: a look at the style costs time

    /** @param {HTMLCanvasElement} canvas */
    constructor(canvas) {
        this.#canvas = canvas;
        this.context = canvas.getContext('2d');
    }

    /** Empties it; returns its size in CSS pixels. */
    begin() {
        const ratio = window.devicePixelRatio || 1;
        const width = this.#canvas.clientWidth;
        const height = this.#canvas.clientHeight;
        if (this.#canvas.width !== Math.round(width * ratio) || this.#canvas.height !== Math.round(height * ratio)) {
            this.#canvas.width = Math.round(width * ratio);
            this.#canvas.height = Math.round(height * ratio);
        }
        this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
        this.context.clearRect(0, 0, width, height);
        this.context.font = '12px system-ui, sans-serif';
        this.context.lineWidth = 1.5;
        this.#colours.clear();
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
