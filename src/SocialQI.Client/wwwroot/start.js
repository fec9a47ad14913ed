// The program speaks the language of the document. English leaves numbers and dates to the browser's own culture.
const { lang } = document.documentElement;
Blazor.start(lang === 'en' ? {} : { webAssembly: { applicationCulture: lang } });
