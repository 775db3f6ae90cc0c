import { serve } from "./api/serve.ts";

export const server = serve({ exclude: ["/api*", "/docs/**"] });
