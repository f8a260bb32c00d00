// Shows the OpenAPI document.

SwaggerUIBundle({
  url: '../v3/api-docs',
  dom_id: '#swagger-ui',
  deepLinking: true,
  validatorUrl: null, // sends nothing to other hosts
});
