package io.github.ram.service.web;

import org.apache.coyote.Adapter;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http11.Http11Processor;

/**
 * HTTP/1.1 as Tomcat speaks it, where each request also knows its {@link Client}: in Tomcat itself only
 * the processor can reach the connection.
 *
 * <p>Public because Tomcat makes it, by its name.
 */
public final class ClientAwareProtocol extends Http11NioProtocol {

    /** Where requests keep their client. Tomcat itself uses the first two of 32. */
    static final int CLIENT_NOTE = 31;

    @Override
    protected Processor createProcessor() {
        return new ClientAwareProcessor(this, getAdapter());
    }

    private static final class ClientAwareProcessor extends Http11Processor {

        ClientAwareProcessor(AbstractHttp11Protocol<?> protocol, Adapter adapter) {
            super(protocol, adapter);
            request.setNote(CLIENT_NOTE, new Client(request, this::getSocketWrapper));
        }
    }
}
