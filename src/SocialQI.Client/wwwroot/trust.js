// What becomes markup, or the address of a script, passes here or not at all. The program's markup comes from its sanitizer; this is the wall behind it.
const forbidden = 'script, iframe, frame, object, embed, base, link, meta, style, animate, set, foreignObject';
if (window.trustedTypes) {
  const unseen = trustedTypes.createPolicy('inspect', { createHTML: text => text });
  const isHarmless = element => [...element.attributes].every(a => !/^on/i.test(a.name) && !/^(srcdoc|formaction)$/i.test(a.name) && !/^\s*javascript:/i.test(a.value));
  trustedTypes.createPolicy('default', {
    createHTML(text) {
      const inert = document.implementation.createHTMLDocument('').createElement('template');
      inert.innerHTML = unseen.createHTML(text);
      return !inert.content.querySelector(forbidden) && [...inert.content.querySelectorAll('*')].every(isHarmless) ? text : '';
    },
    createScriptURL: address => (new URL(address, document.baseURI).origin === location.origin ? address : null),
  });
}
