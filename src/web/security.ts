/** The headers that keep strangers' text from becoming code, on every page alike. */
import type { MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';
import { secureHeaders } from 'hono/secure-headers';

/** How long a browser may remember that other sites are welcome. */
const DAY_SECONDS = 24 * 60 * 60;

/**
 * Everything from this server only, nothing inline. `connect` names further origins that the
 * scripts of a page may ask, such as the local PDS in the sandbox.
 */
export function pageSecurity(connect: readonly string[] = []): MiddlewareHandler {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'"],
      connectSrc: ["'self'", ...connect],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
    xFrameOptions: 'DENY',
    // Whether a whole domain is HTTPS only is for its operator to say.
    strictTransportSecurity: false,
    permissionsPolicy: { camera: [], microphone: [], geolocation: [], payment: [] },
  });
}

/**
 * For answers that no browser ever draws. A plain object, and not the middleware above: the
 * sandbox takes messages as fast as the city behind it can, and these cost nothing.
 */
export const DATA_HEADERS: Readonly<Record<string, string>> = {
  'Content-Type': 'application/json; charset=utf-8',
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** For what is everybody's: pages of other sites may read it, and see which version it is. */
export function openToAll(): readonly MiddlewareHandler[] {
  const allow = cors({
    origin: '*',
    allowMethods: ['GET', 'HEAD'],
    exposeHeaders: ['Content-Disposition', 'ETag', 'Link', 'Retry-After'],
    maxAge: DAY_SECONDS,
  });
  return [
    allow,
    async (c, next) => {
      await next();
      c.header('Cross-Origin-Resource-Policy', 'cross-origin');
    },
  ];
}
