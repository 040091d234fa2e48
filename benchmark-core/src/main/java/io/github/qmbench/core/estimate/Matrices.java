package io.github.qmbench.core.estimate;

/** The little linear algebra that {@link PowerLaw} needs, of matrices of a few rows. */
final class Matrices {

    private Matrices() {}

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    static double[] times(double[][] matrix, double[] vector) {
        double[] product = new double[matrix.length];
        for (int i = 0; i < product.length; i++) {
            product[i] = dot(matrix[i], vector);
        }
        return product;
    }

    /** Returns the inverse of a symmetric positive definite matrix, by Gauss and Jordan, for which that needs no pivots. */
    static double[][] inverse(double[][] matrix) {
        int size = matrix.length;
        double[][] left = new double[size][];
        double[][] right = new double[size][size];
        for (int i = 0; i < size; i++) {
            left[i] = matrix[i].clone();
            right[i][i] = 1;
        }
        for (int column = 0; column < size; column++) {
            double pivot = left[column][column];
            for (int j = 0; j < size; j++) {
                left[column][j] /= pivot;
                right[column][j] /= pivot;
            }
            for (int i = 0; i < size; i++) {
                double factor = left[i][column];
                if (i != column && factor != 0) {
                    for (int j = 0; j < size; j++) {
                        left[i][j] -= factor * left[column][j];
                        right[i][j] -= factor * right[column][j];
                    }
                }
            }
        }
        return right;
    }
}
