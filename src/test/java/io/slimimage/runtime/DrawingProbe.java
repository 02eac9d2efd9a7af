package io.slimimage.runtime;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.color.ColorSpace;
import java.awt.geom.AffineTransform;
import java.awt.image.AffineTransformOp;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.ConvolveOp;
import java.awt.image.ImagingOpException;
import java.awt.image.Kernel;
import java.beans.Introspector;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/** Runs inside of a linked runtime with java.desktop and prints what it finds. */
final class DrawingProbe {

  private static final int SIZE = 40;

  private DrawingProbe() {}

  public static void main(String[] tests) throws Exception {
    for (String test : tests) {
      System.out.println(test + "=" + run(test));
    }
  }

  private static Object run(String test) throws Exception {
    try {
      return switch (test) {
        case "beans" -> Introspector.getBeanInfo(Rectangle.class).getPropertyDescriptors().length;
        case "color" -> Color.RED.darker().getRGB();
        case "rectangle" -> new Rectangle(1, 2, 3, 4).getCenterX();
        case "readers" -> ImageIO.getReaderFormatNames().length;
        case "png" -> isWhite(readBack(square(), "png"));
        case "text" -> isWhite(text()) ? "nothing" : "drawn";
        case "jpeg" -> isWhite(readBack(square(), "jpeg"));
        case "scaled" -> scaled().getWidth();
        case "gray" ->
            isWhite(
                new ColorConvertOp(ColorSpace.getInstance(ColorSpace.CS_GRAY), null)
                    .filter(square(), null));
        case "blurred" ->
            isWhite(new ConvolveOp(new Kernel(1, 1, new float[] {1})).filter(square(), null));
        default -> throw new IllegalArgumentException(test);
      };
    } catch (UnsatisfiedLinkError | ImagingOpException e) {
      return e.getMessage();
    }
  }

  private static BufferedImage square() {
    BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < SIZE * SIZE; i++) {
      image.setRGB(i % SIZE, i / SIZE, Color.WHITE.getRGB());
    }
    return image;
  }

  private static BufferedImage text() {
    BufferedImage image = square();
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.BLACK);
    graphics.drawString("text", 5, 20);
    return image;
  }

  private static BufferedImage scaled() {
    AffineTransform half = AffineTransform.getScaleInstance(0.5, 0.5);
    return new AffineTransformOp(half, AffineTransformOp.TYPE_BILINEAR).filter(square(), null);
  }

  private static BufferedImage readBack(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, format, out);
    return ImageIO.read(new ByteArrayInputStream(out.toByteArray()));
  }

  private static boolean isWhite(BufferedImage image) {
    for (int i = 0; i < SIZE * SIZE; i++) {
      if (image.getRGB(i % SIZE, i / SIZE) != Color.WHITE.getRGB()) {
        return false;
      }
    }
    return true;
  }
}
