// What people would otherwise write with Socket.IO: the same as the plain hub, on Node.
import { createServer } from 'node:http';
import { Server } from 'socket.io';

const http = createServer(async (request, response) => {
  let body = '';
  for await (const part of request) body += part;
  const change = JSON.parse(body);
  io.to('everybody').emit('changed', change);
  const answer = JSON.stringify({ seq: change.seq });
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(answer) }).end(answer);
});
// Callers that rest while another server is measured are not to be hung up on.
http.keepAliveTimeout = 600_000;
const io = new Server(http, { transports: ['websocket'] });
io.on('connection', (socket) => socket.join('everybody'));
http.listen(0, '127.0.0.1', () => console.log(`The plain hub is at http://127.0.0.1:${http.address().port}`));
// Its parent holds the other end of the input: when that is gone, so is the reason to run.
process.stdin.resume().on('end', () => process.exit(0));
