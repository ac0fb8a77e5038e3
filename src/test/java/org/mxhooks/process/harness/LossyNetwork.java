package org.mxhooks.process.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.mxhooks.Ports;

/**
 * The network between a node and its PostgreSQL. While it is down nothing comes through, and no connection ends: nobody
 * is told. What was sent meanwhile arrives when it is up again.
 */
public final class LossyNetwork implements AutoCloseable {

    private final ServerSocket front;
    private final int back;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "lossy-network");
        thread.setDaemon(true);
        return thread;
    });
    private boolean down;
    private byte[] last;

    /** @param back where PostgreSQL listens */
    public LossyNetwork(int back) throws IOException {
        this.back = back;
        front = new ServerSocket(Ports.free(), 0, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    /** Where the node finds PostgreSQL. */
    public int port() {
        return front.getLocalPort();
    }

    public synchronized void goDown() {
        down = true;
    }

    /** Goes down as soon as the node has sent this, before what follows it in the same message. */
    public synchronized void goDownWithin(byte[] request) {
        last = request;
    }

    public synchronized boolean isDown() {
        return down;
    }

    public synchronized void comeUp() {
        down = false;
        last = null;
        notifyAll();
    }

    private synchronized void awaitUp() throws InterruptedException {
        while (down) {
            wait();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket ofNode = front.accept();
                threads.execute(() -> connect(ofNode));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void connect(Socket ofNode) {
        try {
            awaitUp();
            Socket toServer = new Socket(InetAddress.getLoopbackAddress(), back);
            threads.execute(() -> pass(toServer, ofNode, false));
            pass(ofNode, toServer, true);
        } catch (IOException | InterruptedException e) {
            close(ofNode);
        }
    }

    private void pass(Socket from, Socket to, boolean ofNode) {
        byte[] buffer = new byte[64 * 1024];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                awaitUp();
                int before = ofNode ? endOfLast(Arrays.copyOf(buffer, read)) : read;
                out.write(buffer, 0, before);
                awaitUp();
                out.write(buffer, before, read - before);
            }
            awaitUp();
        } catch (IOException | InterruptedException ended) {
            // with the connection
        } finally {
            close(from);
            close(to);
        }
    }

    /** How many of these bytes come through before the network goes down. */
    private synchronized int endOfLast(byte[] request) {
        int begin = last == null ? -1 : indexOf(request, last);
        if (begin < 0) {
            return request.length;
        }
        int end = begin + last.length;
        last = null;
        down = true;
        return end;
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int i = 0; i <= bytes.length - part.length; i++) {
            if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
        return -1;
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is of no use any more
        }
    }

    @Override
    public void close() throws IOException {
        front.close();
        threads.shutdownNow();
    }
}
