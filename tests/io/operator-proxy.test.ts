import { expect, it } from "vitest";
import { proxyFor, proxyIdentity, proxyVariables } from "../../src/io/operator-proxy.ts";

const plum = { host: "registry.plum.example", port: 443, scheme: "https" } as const;

it.each([
  ["none is named", {}, null],
  ["one is named", { HTTPS_PROXY: "http://proxy.example:3128" }, "http://proxy.example:3128/"],
  [
    "the older name wins",
    { https_proxy: "http://old.example", HTTPS_PROXY: "http://new.example" },
    "http://old.example/",
  ],
  ["only the one of the other scheme is named", { HTTP_PROXY: "http://proxy.example" }, null],
  ["it has no scheme", { https_proxy: "proxy.example:8080" }, "http://proxy.example:8080/"],
  ["it is spoken to with TLS", { https_proxy: "https://proxy.example" }, "https://proxy.example/"],
  ["it speaks what we do not", { https_proxy: "socks5://proxy.example" }, null],
  ["the host is excepted", { https_proxy: "http://proxy.example", NO_PROXY: "pear.example, .plum.example" }, null],
  ["a host above is excepted", { https_proxy: "http://proxy.example", no_proxy: "plum.example" }, null],
  ["the port is excepted", { https_proxy: "http://proxy.example", no_proxy: "plum.example:443" }, null],
  ["every host is excepted", { https_proxy: "http://proxy.example", no_proxy: "*" }, null],
  ["another port is", { https_proxy: "http://proxy.example", no_proxy: "plum.example:80" }, "http://proxy.example/"],
  ["another host is", { https_proxy: "http://proxy.example", no_proxy: "apple-plum.example" }, "http://proxy.example/"],
  [
    "a name with the same end is",
    { https_proxy: "http://proxy.example", no_proxy: "um.example" },
    "http://proxy.example/",
  ],
])("finds the proxy for a host when %s", (_, environment, expected) => {
  expect(proxyFor(plum, environment)?.href ?? null).toBe(expected);
});

it("tells the proxy who asks, and hands the settings on as they stand", () => {
  expect(proxyIdentity(new URL("http://gardener:pl%20um@proxy.example"))).toEqual({
    "Proxy-Authorization": `Basic ${Buffer.from("gardener:pl um").toString("base64")}`,
  });
  expect(proxyIdentity(new URL("http://proxy.example"))).toEqual({});
  const environment = { HTTPS_PROXY: "http://a", no_proxy: "b", http_proxy: "", PATH: "/bin" };
  expect(proxyVariables(environment)).toEqual({ HTTPS_PROXY: "http://a", no_proxy: "b" });
});
