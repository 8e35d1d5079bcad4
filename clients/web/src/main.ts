import { loadHub } from '@summit/client/wire';
import { mount } from 'svelte';
import App from './App.svelte';
import { catalogue } from './early.ts';
import { startLanguage } from './i18n/index.svelte.ts';
import { pages } from './pages.ts';
import './styles/tokens.css';
import './styles/base.css';
import { route } from './route.svelte.ts';
import { startTheme } from './theme.svelte.ts';

startTheme();
const target = document.getElementById('app');
if (!target) throw new Error('index.html has no #app');
await startLanguage(catalogue);
mount(App, { target });

// While somebody types.
if (route.current.page === 'join') void pages.participant().then(loadHub).then(pages.later);
