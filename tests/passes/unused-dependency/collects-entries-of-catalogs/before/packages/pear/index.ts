import "@fruit/seed";
