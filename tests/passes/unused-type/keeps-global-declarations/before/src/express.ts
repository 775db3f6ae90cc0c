import type { User } from "./user.ts";

declare module "express" {
  interface Request {
    readonly user: User;
  }
}
