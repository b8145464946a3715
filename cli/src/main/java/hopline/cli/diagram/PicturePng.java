package hopline.cli.diagram;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import javax.imageio.ImageIO;

/// Draws a picture as PNG, twice as large as its pixels say: tickets are read on dense screens.
final class PicturePng {

    private static final double SCALE = 2;

    /// Pixels in either direction, at most.
    private static final double MAX_PIXELS = 12_000;

    private PicturePng() {}

    static void write(Picture picture, OutputStream out) throws IOException {
        System.setProperty("java.awt.headless", "true");
        double scale = Math.min(SCALE, MAX_PIXELS / Math.max(picture.width(), picture.height()));
        BufferedImage image = new BufferedImage(
                (int) Math.ceil(picture.width() * scale),
                (int) Math.ceil(picture.height() * scale),
                BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.scale(scale, scale);
        picture.marks().forEach(mark -> draw(mark, graphics));
        graphics.dispose();
        ImageIO.setUseCache(false);
        if (!ImageIO.write(image, "png", out)) {
            throw new IOException("this Java cannot write PNG");
        }
    }

    private static void draw(Mark mark, Graphics2D graphics) {
        switch (mark) {
            case Mark.Box box -> draw(box, graphics);
            case Mark.Line line -> draw(line, graphics);
            case Mark.Dot dot -> draw(dot, graphics);
            case Mark.Shape shape -> draw(shape, graphics);
            case Mark.Text text -> draw(text, graphics);
        }
    }

    private static void draw(Mark.Box box, Graphics2D graphics) {
        RoundRectangle2D shape = new RoundRectangle2D.Double(
                box.x(), box.y(), box.width(), box.height(), 2 * box.radius(), 2 * box.radius());
        if (box.fill() != null) {
            graphics.setColor(Color.decode(box.fill().hex()));
            graphics.fill(shape);
        }
        if (box.edge() != null) {
            graphics.setColor(Color.decode(box.edge().hex()));
            graphics.setStroke(new BasicStroke(1));
            graphics.draw(shape);
        }
    }

    private static void draw(Mark.Line line, Graphics2D graphics) {
        graphics.setColor(Color.decode(line.ink().hex()));
        float[] dashes = line.dashed() ? new float[] {5, 4} : null;
        graphics.setStroke(
                new BasicStroke((float) line.width(), BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, dashes, 0));
        graphics.draw(new Line2D.Double(line.x1(), line.y1(), line.x2(), line.y2()));
    }

    private static void draw(Mark.Dot dot, Graphics2D graphics) {
        double size = 2 * dot.radius();
        Ellipse2D circle = new Ellipse2D.Double(dot.x() - dot.radius(), dot.y() - dot.radius(), size, size);
        graphics.setColor(Color.decode(dot.fill().hex()));
        graphics.fill(circle);
        graphics.setColor(Color.decode(dot.edge().hex()));
        graphics.setStroke(new BasicStroke(2.5f));
        graphics.draw(circle);
    }

    private static void draw(Mark.Shape shape, Graphics2D graphics) {
        Path2D path = new Path2D.Double();
        for (int i = 0; i < shape.points().size(); i += 2) {
            double x = shape.points().get(i);
            double y = shape.points().get(i + 1);
            if (i == 0) {
                path.moveTo(x, y);
            } else {
                path.lineTo(x, y);
            }
        }
        path.closePath();
        graphics.setColor(Color.decode(shape.fill().hex()));
        graphics.fill(path);
    }

    private static void draw(Mark.Text text, Graphics2D graphics) {
        Letters letters = text.letters();
        String family = letters.mono() ? Font.MONOSPACED : Font.SANS_SERIF;
        Font font = new Font(family, letters.bold() ? Font.BOLD : Font.PLAIN, 1).deriveFont((float) letters.size());
        graphics.setFont(font);
        graphics.setColor(Color.decode(text.ink().hex()));
        double width = font.getStringBounds(text.text(), graphics.getFontRenderContext())
                .getWidth();
        double x =
                switch (text.anchor()) {
                    case START -> text.x();
                    case MIDDLE -> text.x() - width / 2;
                    case END -> text.x() - width;
                };
        graphics.drawString(text.text(), (float) x, (float) text.y());
        if (text.struck()) {
            double y = text.y() - letters.size() * 0.32;
            graphics.setStroke(new BasicStroke(1));
            graphics.draw(new Line2D.Double(x, y, x + width, y));
        }
    }
}
