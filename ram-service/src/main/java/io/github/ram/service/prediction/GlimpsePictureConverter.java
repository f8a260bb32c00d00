package io.github.ram.service.prediction;

import java.io.IOException;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.stereotype.Component;

/** Writes an answer as a picture, for requests that accept {@code image/png} rather than JSON. */
@Component
final class GlimpsePictureConverter extends AbstractHttpMessageConverter<PredictionResponse> {

    GlimpsePictureConverter() {
        super(MediaType.IMAGE_PNG);
    }

    @Override
    protected boolean supports(Class<?> type) {
        return type == PredictionResponse.class;
    }

    @Override
    public boolean canRead(Class<?> type, MediaType mediaType) {
        return false;
    }

    @Override
    protected PredictionResponse readInternal(Class<? extends PredictionResponse> type, HttpInputMessage input) {
        throw new UnsupportedOperationException();
    }

    @Override
    protected void writeInternal(PredictionResponse response, HttpOutputMessage output) throws IOException {
        byte[] png = response.picture().png();
        output.getHeaders().setContentLength(png.length);
        output.getBody().write(png);
    }
}
