// Shows the description of the interface, to read and to try.

SwaggerUIBundle({
  url: '../v3/api-docs',
  dom_id: '#swagger-ui',
  deepLinking: true,
  validatorUrl: null, // nothing goes elsewhere
});
