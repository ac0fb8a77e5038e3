package org.mxhooks.web;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;

/** A body that ends where {@code Content-Length} says, whatever the server's stream does then. */
final class DeclaredInput extends ServletInputStream {

    private final ServletInputStream input;
    private long left;

    DeclaredInput(ServletInputStream input, long length) {
        this.input = input;
        left = length;
    }

    @Override
    public int read() throws IOException {
        int next = left > 0 ? input.read() : -1;
        left -= next < 0 ? 0 : 1;
        return next;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int count = left > 0 ? input.read(buffer, offset, (int) Math.min(length, left)) : -1;
        left -= Math.max(0, count);
        return count;
    }

    @Override
    public boolean isFinished() {
        return left == 0 || input.isFinished();
    }

    @Override
    public boolean isReady() {
        return input.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
        input.setReadListener(listener);
    }
}
