// A mail server as a process: STARTTLS, and a login without which it takes nothing. Each letter it takes is a line of JSON.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const [clients, port, key, certificate] = process.argv.slice(2);
const { SMTPServer } = createRequire(`${clients}/package.json`)('smtp-server');
const { MAIL_USER: user, MAIL_PASSWORD: password } = process.env;
const tell = (what) => process.stdout.write(`${JSON.stringify(what)}\n`);

new SMTPServer({
  key: readFileSync(key),
  cert: readFileSync(certificate),
  authMethods: ['LOGIN'],
  onAuth: (login, _, answer) =>
    login.username === user && login.password === password
      ? answer(null, { user })
      : answer(new Error('Authentication failed')),
  onData(stream, session, answer) {
    const parts = [];
    stream.on('data', (part) => parts.push(part));
    stream.on('end', () => {
      const { mailFrom, rcptTo } = session.envelope;
      const text = Buffer.concat(parts).toString('utf8');
      tell({ from: mailFrom.address, to: rcptTo[0].address, text, encrypted: session.secure, user: session.user });
      answer();
    });
  },
}).listen(Number(port), '127.0.0.1', () => tell('ready'));
