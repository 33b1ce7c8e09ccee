import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';

/**
 * Who may import whom, by the tags in each project's package.json: `scope:shared` runs in the browser too,
 * `scope:server` needs Node.js. Nx itself refuses imports of applications, relative imports across projects and circles
 * of projects. tools/borders.spec.ts sees each of these refuse something.
 */
export const borders = {
  plugins: { '@nx': nx },
  rules: {
    '@nx/enforce-module-boundaries': [
      'error',
      {
        // Only specs close these circles: tools/borders.spec.ts sees that nothing else imports @lokmin/testing.
        ignoredCircularDependencies: [
          ['@lokmin/messaging', '@lokmin/testing'],
          ['@lokmin/service', '@lokmin/testing'],
        ],
        depConstraints: [
          { sourceTag: 'type:contracts', onlyDependOnLibsWithTags: [] },
          { sourceTag: 'scope:shared', onlyDependOnLibsWithTags: ['scope:shared'] },
          { sourceTag: 'scope:web', onlyDependOnLibsWithTags: ['scope:shared'] },
          {
            sourceTag: '/^scope:(?!shared$|web$)/',
            onlyDependOnLibsWithTags: ['type:lib', 'type:contracts'],
          },
        ],
      },
    ],
  },
};

export default [
  {
    ignores: [
      '**/dist/**',
      '**/node_modules/**',
      '.lokmin/**',
      '.nx/**',
      '**/*.generated.*',
      '**/generated/**',
    ],
  },
  {
    files: ['**/*.ts', '**/*.tsx'],
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    plugins: { '@typescript-eslint': tseslint.plugin, ...borders.plugins },
    rules: {
      ...borders.rules,
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/no-unused-expressions': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      'no-fallthrough': 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector: "MemberExpression[object.name=/^(describe|it|test)$/][property.name='only']",
          message: 'A test with .only silences all others.',
        },
        { selector: 'CallExpression[callee.name=/^(fit|fdescribe)$/]', message: 'Silences all other tests.' },
      ],
      eqeqeq: ['error', 'always'],
    },
  },
];
