// Starts Swagger UI with fixed settings: nothing in the page's address changes them, no other server is asked, and a
// token is forgotten with the page.
window.addEventListener("load", () => {
  window.SwaggerUIBundle({
    dom_id: "#swagger-ui",
    url: "/external_api_docs/openapi.json",
    queryConfigEnabled: false,
    validatorUrl: null,
    persistAuthorization: false,
    deepLinking: false,
    tryItOutEnabled: false,
    displayRequestDuration: true,
    docExpansion: "list",
    presets: [window.SwaggerUIBundle.presets.apis],
    layout: "BaseLayout",
  });
});
