// SPDX-FileCopyrightText: candial contributors
// SPDX-License-Identifier: MIT
/** What a JSON schema says about a place in a text (yaml_place.js): which keys can stand there, and what one means. */

/** All that a schema may be: itself, and its alternatives. */
function formsOf(schema) {
    const others = [...schema.oneOf ?? [], ...schema.anyOf ?? [], ...schema.allOf ?? []];
    return [schema, ...others.flatMap(formsOf)];
}

function step(schemas, key) {
    return schemas.flatMap(formsOf).flatMap((form) =>
        key === '[]' ? form.items ?? [] : form.properties?.[key] ?? []);
}

/** @param {object} schema @param {string[]} path @returns {object[]} the schemas that hold there */
export function schemasAt(schema, path) {
    return path.reduce(step, [schema]);
}

function typeOf(schema) {
    const types = [schema.type ?? []].flat().filter((type) => type !== 'null');
    return types.includes('object') ? 'a mapping' : types.includes('array') ? 'a list'
        : types.includes('boolean') ? 'true or false' : '';
}

/**
 * @param {object} schema
 * @param {string[]} path of the mapping
 * @param {string} key
 * @returns {{text: string, values: string[], type: string} | null} null: there is no such key
 */
export function meaningOf(schema, path, key) {
    const [found] = schemasAt(schema, [...path, key]);
    if (!found) {
        return null;
    }
    const forms = formsOf(found);
    const values = forms.flatMap((form) => form.enum ?? (form.type === 'boolean' ? [true, false] : [])).map(String);
    return {text: found.description ?? '', values, type: typeOf(found)};
}

/**
 * @param {object} schema
 * @param {import('./yaml_place.js').Place} place
 * @returns {{text: string, about: string, end: string}[]} what can be typed here, with what has to follow it
 */
export function suggestionsAt(schema, {path, key, word, before}) {
    const begun = word.trim();
    if (key !== null) {
        const values = meaningOf(schema, path, key)?.values ?? [];
        return values.filter((value) => value.startsWith(begun) && value !== begun)
            .map((text) => ({text, about: '', end: ''}));
    }
    const names = schemasAt(schema, path).flatMap(formsOf).flatMap((form) => Object.keys(form.properties ?? {}));
    return [...new Set(names)].filter((name) => name.startsWith(begun) && !before.includes(name))
        .map((text) => ({text, about: meaningOf(schema, path, text).text, end: ': '}));
}
