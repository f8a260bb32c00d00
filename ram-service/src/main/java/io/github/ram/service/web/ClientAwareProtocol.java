package io.github.ram.service.web;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.coyote.Adapter;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * HTTP/1.1 as Tomcat speaks it, where each request also knows its {@link Client}: in Tomcat itself only
 * the processor can reach the connection.
 *
 * <p>And where clients that do not take their answers cannot hold every thread. One that has to wait until its client
 * takes some more of an answer does so for the connection's timeout if not even half of the threads are in use, and
 * else for a moment. So what such clients hold is half of the threads; the answers of the others fit into the
 * connection's buffers, or find clients that take them.
 *
 * <p>Public because Tomcat makes it, by its name.
 */
public final class ClientAwareProtocol extends Http11NioProtocol {

    /** Where requests keep their client. Tomcat itself uses the first two of 32. */
    static final int CLIENT_NOTE = 31;

    /** In milliseconds: many round trips to a client that is there, and little for one that takes nothing. */
    private static final int MOMENT = 2000;

    private final AtomicInteger threadsInUse = new AtomicInteger();

    @Override
    protected Processor createProcessor() {
        return new ClientAwareProcessor(getAdapter());
    }

    private final class ClientAwareProcessor extends Http11Processor {

        ClientAwareProcessor(Adapter adapter) {
            super(ClientAwareProtocol.this, adapter);
            request.setNote(CLIENT_NOTE, new Client(request, this::getSocketWrapper));
        }

        @Override
        public SocketState process(SocketWrapperBase<?> connection, SocketEvent event) throws IOException {
            boolean many = threadsInUse.incrementAndGet() > getMaxThreads() / 2;
            connection.setWriteTimeout(many ? MOMENT : getConnectionTimeout());
            try {
                return super.process(connection, event);
            } finally {
                threadsInUse.decrementAndGet();
            }
        }
    }
}
