package io.github.ram.training.report;

import io.github.ram.model.ModelSpec;
import io.github.ram.model.Parameter;
import io.github.ram.model.image.draw.GlimpseRenderer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Renders a {@link RunReport} as one HTML page. */
final class ReportPage {

    private final RunReport report;
    private final ModelSpec model;
    private final Map<String, byte[]> pictures;
    private final StringBuilder html = new StringBuilder();

    /** @param pictures of the report, by the names of their files */
    ReportPage(RunReport report, Map<String, byte[]> pictures) {
        this.report = report;
        this.model = report.manifest().model();
        this.pictures = pictures;
    }

    byte[] toBytes() {
        String name = report.manifest().name();
        html.append(String.format(
                Locale.ROOT,
                """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>%s</title>
            <style>
            %s</style>
            </head>
            <body>
            <main>
            <h1>%s</h1>
            <p><code>%s</code></p>
            """,
                Html.escaped(name),
                style(),
                Html.escaped(name),
                Html.escaped(report.manifest().provenance().command())));
        numbers();
        curves();
        glimpses();
        attention();
        confusion();
        mistakes();
        facts();
        html.append(String.format(
                Locale.ROOT,
                "<footer>Model version %s, format %d.</footer>%n</main>%n</body>%n</html>%n",
                report.manifest().version(),
                report.manifest().formatVersion()));
        return html.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String style() {
        try (InputStream in = ReportPage.class.getResourceAsStream("report.css")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void numbers() {
        long errors = report.predictions().stream()
                .filter(prediction -> !prediction.isRight())
                .count();
        int total = report.predictions().size();
        html.append("<div class=\"numbers\">\n");
        number(
                String.format(Locale.ROOT, "%.2f %%", 100.0 * errors / total),
                "error: %d of %d %s images",
                errors,
                total,
                split());
        double[] top5 = report.metrics().column("validationTop5ErrorPercent");
        if (top5.length > 0) {
            number(
                    String.format(Locale.ROOT, "%.2f %%", top5[report.metrics().best() - 1]),
                    "top-5 error on the validation images, best epoch");
        }
        number(
                Integer.toString(report.metrics().best()),
                "best epoch of %d",
                report.metrics().epochs());
        long weights = Parameter.count(model.parameters(), true);
        number(String.format(Locale.ROOT, "%,d", weights), "trained weights");
        number(model.image().toString(), "pixels an image");
        double[] speed = report.metrics().column("imagesPerSecond");
        if (speed.length > 0) {
            number(
                    String.format(Locale.ROOT, "%,.0f", speed[speed.length - 1]),
                    "images per second in training, last epoch");
        }
        html.append("</div>\n");
    }

    private String split() {
        return report.images().name();
    }

    private void number(String number, String caption, Object... values) {
        html.append(String.format(
                Locale.ROOT,
                "<div><b>%s</b><span>%s</span></div>%n",
                Html.escaped(number),
                Html.escaped(String.format(Locale.ROOT, caption, values))));
    }

    private void curves() {
        heading(
                "Curves",
                "The ring marks the epoch with the fewest validation errors, whose model is saved as best.ram.");
        html.append("<div class=\"charts\">\n");
        for (Chart chart : report.metrics().charts()) {
            SvgSurface surface = new SvgSurface();
            chart.draw(surface);
            html.append("<div class=\"card\">")
                    .append(surface.toSvg(Chart.WIDTH, Chart.HEIGHT, chart.title()))
                    .append("</div>\n");
        }
        html.append("</div>\n");
    }

    private void glimpses() {
        if (pictures.containsKey("report/glimpses.gif")) {
            heading(
                    "Learning to look",
                    "The same images, epoch by epoch: the glimpses in order, and the predicted class.");
            picture("report/glimpses.gif", "image/gif", "glimpses of one image a class, epoch after epoch");
        }
    }

    private void attention() {
        if (!pictures.containsKey("report/attention.png")) {
            return;
        }
        heading(
                "Where it looks",
                "How often each pixel is inside the finest patch, glimpse by glimpse, over all %d images.",
                report.predictions().size());
        picture("report/attention.png", "image/png", "heat maps, one per glimpse");
    }

    private void confusion() {
        heading("Confusion", "Rows: the images' classes. Columns: the predicted classes.");
        html.append("<div class=\"scroll\">")
                .append(report.confusion().toHtml())
                .append("</div>\n");
    }

    private void mistakes() {
        List<LabelledPrediction> mistakes = report.mistakes();
        if (mistakes.isEmpty()) {
            return;
        }
        heading("Worst mistakes", "The wrong predictions of the highest probability, with their glimpses.");
        GlimpseRenderer picture = new GlimpseRenderer(model.image());
        html.append("<div class=\"mistakes\">\n");
        for (LabelledPrediction prediction : mistakes) {
            byte[] pixels = new byte[model.image().size()];
            report.images().copyPixels(prediction.image(), pixels, 0);
            byte[] png = GlimpseRenderer.png(picture.drawStrip(pixels, prediction.boxes()));
            String named = Html.escaped(model.labels().get(prediction.named()));
            String label = Html.escaped(model.labels().get(prediction.label()));
            html.append(String.format(
                            Locale.ROOT,
                            "<figure><img alt=\"image %d\" src=\"%s\">",
                            prediction.image(),
                            Html.data("image/png", png)))
                    .append(String.format(
                            Locale.ROOT,
                            "<figcaption><b>%s</b>, not %s <span>· %.1f %% sure · image"
                                    + " %d</span></figcaption></figure>%n",
                            named,
                            label,
                            100 * prediction.confidence(),
                            prediction.image()));
        }
        html.append("</div>\n");
    }

    private void facts() {
        heading("Configuration", "All settings that decide the result of the run.");
        html.append("<div class=\"facts\">\n");
        report.facts()
                .forEach((name, value) -> html.append(String.format(
                        Locale.ROOT,
                        "<div><span>%s</span><b>%s</b></div>%n",
                        Html.escaped(name),
                        Html.escaped(value))));
        html.append("</div>\n");
    }

    private void heading(String heading, String text, Object... values) {
        html.append(String.format(
                Locale.ROOT,
                "<h2>%s</h2>%n<p>%s</p>%n",
                heading,
                Html.escaped(String.format(Locale.ROOT, text, values))));
    }

    private void picture(String file, String type, String alt) {
        html.append(String.format(
                Locale.ROOT,
                "<img class=\"picture\" alt=\"%s\" src=\"%s\">%n",
                alt,
                Html.data(type, pictures.get(file))));
    }
}
