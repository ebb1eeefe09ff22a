import fs from 'fs';

/**
 * The login that an AuthSession cookie names, or '': the cookie is base64url of "login:time:signature". Only CouchDB
 * can tell whether the signature is right.
 */
function cookieLogin(r) {
  const cookie = r.variables.cookie_AuthSession;
  if (!cookie) {
    return '';
  }
  const text = Buffer.from(cookie, 'base64url').toString();
  return text.slice(0, Math.max(text.indexOf(':'), 0)).slice(0, 128);
}

/**
 * Passes a feed on, heartbeat by heartbeat and change by change, until its shop is suspended, its shop's feeds are cut,
 * or its time is over; then nothing more is delivered and the connection is closed.
 *
 * CouchDB looks at who may read a database when a feed is opened and never again, so that revoking a login or changing
 * _security does not end it.
 */
function boundFeed(r, data, flags) {
  const why = reasonToEnd(r);
  if (why) {
    throw new Error(`feed of ${r.variables.database} closed: ${why}`);
  }
  r.sendBuffer(data, flags);
}

function reasonToEnd(r) {
  const shop = r.variables.shop;
  const age = Number(r.variables.request_time);
  if (age > Number(r.variables.feed_seconds)) {
    return 'it was open long enough';
  }
  if (changedAt(`${r.variables.state}/suspended/${shop}`)) {
    return 'the shop is suspended';
  }
  if (changedAt(`${r.variables.state}/cut/${shop}`) > Date.now() - age * 1000) {
    return "the shop's feeds were cut";
  }
  return '';
}

/** When a file was last written, in milliseconds since 1970; 0 where there is none. */
function changedAt(path) {
  try {
    return fs.statSync(path).mtimeMs;
  } catch (e) {
    return 0;
  }
}

export default { cookieLogin, boundFeed };
